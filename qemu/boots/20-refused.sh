# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=dash
# the kernel refuses, as somebody else has all paths for himself: status 3, and they are named; one of them is done without

map=1Linux_scsi_debug_2000
id=naa.33333330000007d0

guest() {
    modprobe scsi_debug add_host=2 vpd_use_hostno=0 dev_size_mb=8
    wait_for 10 has_disks 2 $id
    # shellcheck disable=SC2046 # a list
    set -- $(disks $id)
    mkswap "/dev/$1" > /dev/null
    swapon "/dev/$1"
    dmsetup create held --table "0 $(cat "/sys/block/$2/size") linear /dev/$2 0"
    status_is 3 rdmpath assemble
    says "$map: the kernel refused the table: Resource busy: sd[ab] sd[ab]"
    expect 'all devices' "$(dmsetup ls | cut -f 1)" 'held'

    dmsetup remove held
    status_is 0 rdmpath assemble # without the path that swap is on
    says "$map: the kernel refused the table: Resource busy: $1"
    expect 'its paths' "$(path_status $map)" "$(devno "$2") A"
    swapoff "/dev/$1"
    status_is 0 rdmpath assemble
    holds has_paths $map $id
}
