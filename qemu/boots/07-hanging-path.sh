# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=dash
# a path that hangs on TEST UNIT READY, then on READ: the map is usable no later than without it
modules='target_core_user tcm_loop'

map=35000000000000007
id=naa.5000000000000007

machine() {
    truncate -s 8M "$work/root/data"
    printf 'label: gpt\nsize=4MiB\n' | sfdisk -q "$work/root/data"
}

guest() {
    mount_target
    for path in a:1 b:2; do
        array_folder "${path%:*}" "${map#3}" /data
        array_path "${path%:*}" "${path#*:}"
    done
    wait_for 10 has_disks 2 $id
    # shellcheck disable=SC2046 # a list
    set -- $(devnos $id)
    for _ in cold warm; do # the second time counts
        time_to_map $map
        sound=$elapsed
        wait_for 10 has_paths $map $id
        stop_run
        holds rdmpath flush
    done

    for code in '00' '08 28 88'; do
        printf '%s' "$code" > /run/array/a/hang
        time_to_map $map
        below "time in 1/100 s while a path hangs on $code, $sound without" "$elapsed" $((sound * 3 / 2 + 50))
        holds is_map $map-part1
        fails path_is $map "$1" A
        holds path_is $map "$2" A
        expect data "$(digest /dev/mapper/$map)" "$(sha256sum < /data)"
        rm /run/array/a/hang
        wait_for 60 has_paths $map $id
        stop_run
        holds rdmpath flush
    done
}
