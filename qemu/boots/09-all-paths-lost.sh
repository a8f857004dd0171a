# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=dash
# all paths removed under I/O, then back: without queueing writes fail, with it they wait, no_path_retry lets them wait a while
modules='virtio_pci virtio_scsi'

map=35000000000000009
id=naa.5000000000000009

machine() {
    truncate -s 8M "$work/disk.img"
    disk d0 "$work/disk.img"
    adapter h0
    adapter h1
    add -device "$(path p0 h0 d0 0x5000000000000009)" -device "$(path p1 h1 d0 0x5000000000000009)"
}

events() {
    for round in failing queueing counting; do
        for one in 0 1; do
            on "$round: take p$one"
            monitor "device_del p$one"
        done
        for one in 1 0; do
            on "$round: give p$one"
            monitor "device_add $(path p$one h$one d0 0x5000000000000009)"
        done
    done
}

guest() {
    wait_for 10 has_disks 2 $id
    start_run
    holds rdmpath wait --timeout 20 $map
    wait_for 10 has_paths $map $id
    exec 4< /dev/mapper/$map # somebody has it open, as a file system has
    minor=$(dmsetup info -c --noheadings -o minor $map)

    take_both failing
    fails write_block failing
    give_both failing

    dmsetup message $map 0 queue_if_no_path
    take_both queueing
    write_block queueing &
    writer=$!
    usleep 3000000
    holds kill -0 $writer # it waits
    give_both queueing
    holds wait $writer
    expect 'what the waiting write wrote' "$(dd if=/dev/mapper/$map bs=4096 count=1 iflag=direct 2> /dev/null | tr -d '\0')" queueing
    expect 'tables without queueing' "$(grep -vc queue_if_no_path /run/tables)" 0
    expect 'the map is still the same' "$(dmsetup info -c --noheadings -o minor $map)" "$minor"
    holds running
    stop_run
    counted
}

# no_path_retry 2, every 2 s: decisions.md 12, as multipathd counts it
counted() {
    printf 'defaults {\n\tfind_multipaths yes\n\tpolling_interval 2\n\tno_path_retry 2\n}\n' > /etc/multipath.conf
    start_run
    wait_for 10 queues
    take_both counting
    begin=$(now)
    fails write_block counting # it waited, then failed
    waited=$(($(now) - begin))
    say "the write waited $waited hundredths of a second"
    holds [ "$waited" -gt 200 ] # some time is over since the second path went
    below 'the wait' "$waited" 700
    fails queues
    expect 'what is said of it' "$(grep -c "$map: no path for 4 s (no_path_retry 2), I/O fails instead of waiting" /run/log)" 1
    give_both counting
    wait_for 10 queues
    holds running
}

queues() { dmsetup table $map | grep -q queue_if_no_path; }

take_both() { # ROUND
    for one in 0 1; do
        holds write_block "$1"
        signal "$1: take p$one"
        wait_for 20 only_disks $((1 - one))
        [ "$1" != queueing ] || dmsetup table $map >> /run/tables
    done
}

give_both() { # ROUND
    for one in 1 0; do
        signal "$1: give p$one"
        wait_for 20 only_disks $((2 - one))
        wait_for 30 has_paths $map $id
        [ "$1" != queueing ] || dmsetup table $map >> /run/tables
        wait_for 10 write_block "$1"
    done
}

only_disks() { [ "$(inventory | wc -l)" = "$1" ] && has_disks "$1" $id; }

write_block() { # TEXT
    printf %s "$1" | dd of=/dev/mapper/$map bs=4096 count=1 conv=sync oflag=direct 2> /dev/null
}
