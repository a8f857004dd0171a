# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=dash
# a path that hangs on TEST UNIT READY, then on READ: the map is usable no later than without it
modules='target_core_user tcm_loop'

map=35000000000000007
id=naa.5000000000000007

machine() {
    random_image "$work/root/data" 8
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
    sound=9999 tur=9999 read=9999 worst=0
    for _ in 1 2; do # the machine may be busy with something else for a moment: the better time counts
        round '' "$1" "$2"
        sound=$(least "$sound" "$elapsed")
        round 00 "$1" "$2"
        tur=$(least "$tur" "$elapsed") worst=$(most "$worst" "$elapsed")
        round '08 28 88' "$1" "$2"
        read=$(least "$read" "$elapsed") worst=$(most "$worst" "$elapsed")
    done
    # to wait for the path would take 5 seconds at least, up to the 30 of a command's timeout
    below "time in 1/100 s while a path hangs on TEST UNIT READY, $sound without" "$tur" $((sound * 3 / 2 + 100))
    below "time in 1/100 s while a path hangs on READ, $sound without" "$read" $((sound * 3 / 2 + 100))
    below 'worst time in 1/100 s while a path hangs' "$worst" $((sound * 3 / 2 + 400))
}

least() { printf '%s\n' $(($1 < $2 ? $1 : $2)); }
most() { printf '%s\n' $(($1 > $2 ? $1 : $2)); }

round() { # OPERATION_CODES HANGING SOUND: from nothing to the map, and until the hanging path is in it too
    printf '%s' "$1" > /run/array/a/hang
    time_to_map $map
    say "hang on '$1': $elapsed/100 s"
    holds is_map $map-part1
    [ ! "$1" ] || fails path_is $map "$2" A
    holds path_is $map "$3" A
    expect data "$(digest /dev/mapper/$map)" "$(sha256sum < /data)"
    rm /run/array/a/hang
    wait_for 60 has_paths $map $id
    stop_run
    holds rdmpath flush
}
