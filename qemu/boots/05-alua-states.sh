# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=dash
# tcm_loop with two ALUA port groups, of which one is in each of the states
modules='target_core_file tcm_loop'

map=360014050123456789abcdef000000000
id=naa.60014050123456789abcdef000000000

guest() {
    # the hardware table of 0.14 checks LIO-ORG by READ, which fails on standby; here TEST UNIT READY is to tell
    printf 'defaults {\nfind_multipaths yes\n}\noverrides {\npath_checker tur\n}\n' > /etc/multipath.conf
    mount_target
    lio_disk d0 8 0123456789abcdef
    lio_group d0 a 1
    lio_group d0 b 2
    for path in 1:a 2:b 3:a 4:b; do
        loop_path "${path%:*}" fileio_0/d0
        path_group "${path%:*}" "${path#*:}"
    done
    wait_for 10 has_disks 4 $id
    # shellcheck disable=SC2046 # a list
    set -- $(disks $id) # in the order of hosts: a b a b

    state b 0 "$2" "$4" active/optimized
    assembled "$(devnos $id)"
    holds has_paths $map $id

    state b 1 "$2" "$4" active/non-optimized
    assembled "$(devnos $id active/optimized)" "$(devnos $id active/non-optimized)"
    holds has_paths $map $id

    state b 2 "$2" "$4" standby # ghosts: in the table, and not failed
    assembled "$(devnos $id active/optimized)" "$(devnos $id standby)"
    holds has_paths $map $id
    expect data "$(digest /dev/mapper/$map)" "$(digest "/dev/$1")"

    state b 3 "$2" "$4" unavailable # down: in the table, and failed
    assembled "$(devnos $id active/optimized)" "$(devnos $id unavailable)"
    for name in "$2" "$4"; do
        holds path_is $map "$(devno "$name")" F
    done
    expect data "$(digest /dev/mapper/$map)" "$(digest "/dev/$1")"
    state b 0 "$2" "$4" active/optimized

    # transitioning: no answer yet; the map comes without these paths, and they join when it is over
    printf 8000 > "$target/core/fileio_0/d0/alua/b/trans_delay_msecs"
    printf 1 > "$target/core/fileio_0/d0/alua/b/alua_access_state" &
    wait_for 5 grep -q 15 "$target/core/fileio_0/d0/alua/b/alua_access_state"
    begin=$(now)
    start_run
    holds rdmpath wait --timeout 10 $map
    below 'time until the map is there in 1/100 s' $(($(now) - begin)) 500
    for name in "$1" "$3"; do
        holds path_is $map "$(devno "$name")" A
    done
    for name in "$2" "$4"; do
        fails path_is $map "$(devno "$name")" A
    done
    expect data "$(digest /dev/mapper/$map)" "$(digest "/dev/$1")"
    wait_for 30 has_paths $map $id
}

# Sets the state of a group of paths, and waits until the kernel knows it. Always by way of optimized: in most of the
# other states the kernel sends nothing of its own to the path, and so doesn't hear of the change.
state() { # GROUP NUMBER DISK DISK SYSFS_STATE
    holds rdmpath flush
    printf 0 > "$target/core/fileio_0/d0/alua/$1/alua_access_state"
    for name in "$3" "$4"; do
        echo 1 > "/sys/block/$name/device/rescan"
        wait_for 10 has_state "$name" active/optimized
    done
    printf %s "$2" > "$target/core/fileio_0/d0/alua/$1/alua_access_state"
    for name in "$3" "$4"; do
        wait_for 10 has_state "$name" "$5"
    done
}

has_state() { # DISK SYSFS_STATE: the kernel looks again after a command got the unit attention
    dd "if=/dev/$1" of=/dev/null bs=4096 count=1 iflag=direct 2> /dev/null || :
    grep -qx "$2" "/sys/block/$1/device/access_state"
}

assembled() { # GROUP...
    holds rdmpath assemble $map
    expect maps "$(maps)" "$map"
    # `multipath -t` of 0.9.4 and 0.11.1 has no_path_retry 12 for LIO-ORG, which is queueing in the table (decisions.md 9)
    expect table "$(table_of $map)" "$(table 16384 '1 queue_if_no_path' '1 alua' "$@")"
}
