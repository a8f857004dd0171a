# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=dash
# no devtmpfs, and no node of any disk in /dev

map=1Linux_scsi_debug_2000
id=naa.33333330000007d0

guest() {
    modprobe scsi_debug add_host=2 vpd_use_hostno=0 dev_size_mb=8 num_parts=2
    wait_for 10 has_disks 2 $id
    umount -l /dev
    rm -f /dev/null
    mknod /dev/null c 1 3
    expect 'nodes of disks' "$(find /dev -type b)" ''

    holds rdmpath assemble
    expect table "$(table_of $map)" "$(alua_table $id)"
    holds has_paths $map $id
    expect 'nodes now' "$(find /dev -type b | sort | tr '\n' ' ')" "/dev/mapper/$map /dev/mapper/$map-part1 /dev/mapper/$map-part2 "
    holds rdmpath wait --timeout 0 $map
    mknod /run/path b 8 0
    expect data "$(digest /dev/mapper/$map)" "$(digest /run/path)"
    expect 'no node of ours stays' "$(find / -xdev -name '.rdmpath*' && find /run -name '.rdmpath*')" ''
    holds rdmpath flush
    expect 'nodes after flush' "$(find /dev -type b)" ''
}
