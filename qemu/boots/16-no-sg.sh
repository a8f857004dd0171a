# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=dash
# no sg driver: commands go through the block devices, and a path that hangs holds up no other
sg=
modules='target_core_user tcm_loop'

map=35000000000000016
id=naa.5000000000000016

guest() {
    modprobe scsi_debug add_host=2 max_luns=2 vpd_use_hostno=0 dev_size_mb=8
    mount_target
    dd if=/dev/urandom of=/run/data bs=1M count=8 2> /dev/null
    for path in a:1 b:2; do
        array_folder "${path%:*}" "${map#3}" /run/data
        array_path "${path%:*}" "${path#*:}"
    done
    wait_for 10 has_disks 6
    fails test -d /sys/class/scsi_generic
    # shellcheck disable=SC2046 # a list
    set -- $(devnos $id)
    printf 00 > /run/array/a/hang

    start_run
    holds rdmpath wait --timeout 30 $map 1Linux_scsi_debug_2000 1Linux_scsi_debug_2001
    for lun in 0 1; do
        wait_for 10 has_paths 1Linux_scsi_debug_200$lun naa.33333330000007d$lun
        expect "table of LUN $lun" "$(table_of 1Linux_scsi_debug_200$lun)" "$(alua_table naa.33333330000007d$lun)"
    done
    expect 'table without the path that hangs' "$(table_of $map)" "$(table 16384 0 0 "$2")"
    expect data "$(digest /dev/mapper/$map)" "$(sha256sum < /run/data)"

    rm /run/array/a/hang
    wait_for 60 has_paths $map $id
    echo 2 4 3 > /run/array/b/tur # Not Ready, manual intervention required
    wait_for 30 path_is $map "$2" F
    holds path_is $map "$1" A
    holds running
}
