# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=dash
# assemble three times, also while run runs, changes nothing; 4 paths, little memory

map=1Linux_scsi_debug_2000
id=naa.33333330000007d0

guest() {
    modprobe scsi_debug add_host=4 vpd_use_hostno=0 dev_size_mb=8 num_parts=2
    wait_for 10 has_disks 4 $id
    holds rdmpath assemble
    expect table "$(table_of $map)" "$(alua_table $id)"
    holds is_map $map-part2
    before=$(state)
    for _ in 1 2 3; do
        holds rdmpath assemble
        expect 'after another assemble' "$(state)" "$before"
    done

    start_run
    holds rdmpath wait --timeout 20 $map
    for _ in 1 2 3; do
        holds rdmpath assemble
        holds rdmpath wait --timeout 0 $map
    done
    usleep 1000000 # time to do something needless
    expect 'beside the event loop' "$(state)" "$before"
    holds running
    below 'resident memory of the event loop in KiB' "$(peak)" 1536
}

state() { # a reload, a message or a failure would show in one of these
    dmsetup table
    dmsetup status
    dmsetup info -c -o name,uuid,devno,events,open
}
