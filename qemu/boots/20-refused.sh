# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=dash
# the kernel refuses, as somebody else has a path for himself: status 3, and the path is named

map=1Linux_scsi_debug_2000
id=naa.33333330000007d0

guest() {
    modprobe scsi_debug add_host=2 vpd_use_hostno=0 dev_size_mb=8
    wait_for 10 has_disks 2 $id
    # shellcheck disable=SC2046 # a list
    set -- $(disks $id)
    mkswap "/dev/$1" > /dev/null
    swapon "/dev/$1"
    status_is 3 rdmpath assemble
    says "$map: the kernel refused the table: Resource busy: $1"
    expect 'all devices' "$(dmsetup ls)" 'No devices found'

    swapoff "/dev/$1"
    status_is 0 rdmpath assemble
    holds has_paths $map $id
}
