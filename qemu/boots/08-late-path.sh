# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=dash
# one path, named on the command line; the second arrives 5 s after the map
modules='virtio_pci virtio_scsi'
append='rd.mpath.wwid=35000000000000008'

map=35000000000000008
id=naa.5000000000000008

machine() {
    random_image "$work/disk.img" 8
    printf 'label: gpt\nsize=4MiB\n' | sfdisk -q "$work/disk.img"
    disk d0 "$work/disk.img"
    adapter h0
    adapter h1
    add -device "$(path p0 h0 d0 0x5000000000000008)"
}

events() {
    on 'map is up'
    sleep 5
    monitor "device_add $(path p1 h1 d0 0x5000000000000008)"
}

guest() {
    wait_for 10 has_disks 1 $id
    start_run
    holds rdmpath wait --timeout 30
    expect 'table of one path' "$(table_of $map)" "$(table 16384 0 0 "$(devnos $id)")"
    before=$(dmsetup info -c --noheadings -o name,devno,uuid)
    signal 'map is up'

    while :; do
        dd if=/dev/mapper/$map-part1 of=/dev/null bs=64k count=4 iflag=direct 2> /dev/null || echo x >> /run/errors
    done &
    wait_for 30 has_disks 2 $id
    wait_for 20 has_paths $map $id
    kill $!
    # shellcheck disable=SC2046 # a list
    expect 'table of both' "$(table_of $map)" "$(table 16384 0 0 $(devnos $id))"
    expect devices "$(dmsetup info -c --noheadings -o name,devno,uuid)" "$before"
    fails test -e /run/errors
    holds running
}
