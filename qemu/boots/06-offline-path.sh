# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=dash
# one path offline before the start: left out, and it joins when it is back

map=1Linux_scsi_debug_2000
id=naa.33333330000007d0

guest() {
    modprobe scsi_debug add_host=2 vpd_use_hostno=0 dev_size_mb=8
    wait_for 10 has_disks 2 $id
    # shellcheck disable=SC2046 # a list
    set -- $(disks $id)
    dd if=/dev/urandom of="/dev/$1" bs=64k count=128 oflag=direct 2> /dev/null
    echo offline > "/sys/block/$1/device/state"

    start_run
    holds rdmpath wait --timeout 20 $map
    expect table "$(table_of $map)" "$(table 16384 0 '1 alua' "$(devno "$2")")"
    expect data "$(digest /dev/mapper/$map)" "$(digest "/dev/$2")"

    echo running > "/sys/block/$1/device/state"
    wait_for 40 has_paths $map $id
    expect 'table with both' "$(table_of $map)" "$(alua_table $id)"
}
