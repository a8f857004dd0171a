# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=dash
# root over two adapters: switch_root, and each path in turn taken away and given back under I/O

map=35000000000000003
id=naa.5000000000000003

machine() {
    truncate -s 96M "$work/root.img"
    printf 'label: gpt\nsize=4MiB\nstart=6MiB, size=80MiB, name=root\n' | sfdisk -q "$work/root.img"
    root_folder "$work/folder"
    write_ext4 "$work/folder" "$work/root.img" $((6 * 2048)) $((80 * 2048))
    disk d0 "$work/root.img"
    adapter h0
    adapter h1
    add -device "$(path p0 h0 d0 0x5000000000000003)" -device "$(path p1 h1 d0 0x5000000000000003)"
}

events() {
    for one in p0:h0 p1:h1; do
        on "take ${one%:*}"
        monitor "device_del ${one%:*}"
        on "give ${one%:*}"
        monitor "device_add $(path "${one%:*}" "${one#*:}" d0 0x5000000000000003)"
    done
}

modules='virtio_pci virtio_scsi crc32c_generic ext4'

guest() {
    start_run
    holds rdmpath wait --timeout 30
    expect maps "$(maps)" "$map"
    holds is_map $map-part2
    wait_for 10 has_paths $map $id # the second path may come after the map
    # shellcheck disable=SC2046 # a list
    expect table "$(table_of $map)" "$(table $((96 * 2048)) 0 0 $(devnos $id))"
    mount -t ext4 /dev/mapper/$map-part2 /newroot
    enter_root
}

inside() {
    holds grep -q "^/dev/mapper/$map-part2 / ext4 rw" /proc/mounts
    holds running
    : > /run/rounds
    while [ ! -e /run/enough ]; do
        dd if=/dev/urandom of=/file bs=64k count=8 conv=fsync 2> /dev/null && cp /file /copy && sync || echo x >> /run/errors
        echo x >> /run/rounds
    done &
    for one in p0 p1; do
        wait_for 10 progress
        signal "take $one"
        wait_for 20 one_path
        wait_for 20 progress
        signal "give $one"
        wait_for 20 two_paths
        wait_for 20 progress
    done
    touch /run/enough
    wait $!
    fails test -e /run/errors
    echo 3 > /proc/sys/vm/drop_caches
    expect 'data read back' "$(sha256sum < /copy)" "$(sha256sum < /file)"
    holds running
    holds is_map $map-part2
    holds rdmpath wait --timeout 0 $map
    holds grep -q "^/dev/mapper/$map-part2 / ext4 rw" /proc/mounts
}

one_path() { [ "$(inventory | wc -l)" = 1 ] && has_paths $map $id; }
two_paths() { has_disks 2 $id && has_paths $map $id; }

progress() { # three more rounds since the last time
    rounds=$(wc -l < /run/rounds)
    [ "$rounds" -ge $((${seen:-0} + 3)) ] && seen=$rounds
}
