# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=dash
# two paths on scsi_debug, without udev

map=1Linux_scsi_debug_2000 # T10 designator: before NAA 3 (decisions.md 1.3)
id=naa.33333330000007d0

guest() {
    modprobe scsi_debug add_host=2 vpd_use_hostno=0 dev_size_mb=8
    wait_for 10 has_disks 2 $id
    dd if=/dev/urandom of=/dev/sda bs=64k count=64 oflag=direct 2> /dev/null

    holds rdmpath assemble
    expect maps "$(maps)" "$map"
    expect table "$(table_of $map)" "$(table 16384 0 '1 alua' "$(devnos $id active/optimized)" "$(devnos $id active/non-optimized)")"
    expect uuid "$(dmsetup info -c --noheadings -o uuid $map)" "mpath-$map"
    holds has_paths $map $id
    expect data "$(digest "/dev/mapper/$map")" "$(digest /dev/sdb)"
    holds rdmpath wait --timeout 0 $map
    status_is 1 rdmpath wait --timeout 0 35000000000000000
}
