# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=dash
# one path fails TEST UNIT READY: in the table and failed at once; its return needs no reload
modules='target_core_user tcm_loop'

map=35000000000000006
id=naa.5000000000000006

guest() {
    mount_target
    dd if=/dev/urandom of=/run/data bs=1M count=8 2> /dev/null
    for name in a b; do
        array_folder $name 5000000000000006 /run/data
    done
    array_path a 1
    array_path b 2
    wait_for 10 has_disks 2 $id
    echo 2 4 3 > /run/array/a/tur # Not Ready, manual intervention required

    start_run
    holds rdmpath wait --timeout 20 $map
    # shellcheck disable=SC2046 # a list
    wait_for 10 path_is $map "$(devno "$(disks $id | head -n 1)")" F
    # the usable path's group is the first
    # shellcheck disable=SC2046 # a list
    set -- $(devnos $id)
    expect table "$(table_of $map)" "$(table 16384 0 0 "$2" "$1")"
    holds path_is $map "$2" A
    expect data "$(digest /dev/mapper/$map)" "$(sha256sum < /run/data)"
    before=$(dmsetup table $map)

    rm /run/array/a/tur
    wait_for 40 has_paths $map $id
    expect 'table after the return' "$(dmsetup table $map)" "$before"
}
