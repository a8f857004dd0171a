# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=dash
# a root disk behind two SCSI host adapters: found, mounted, one path lost, and taken back
modules='virtio_pci virtio_scsi crc32c_generic ext4'

map=35000000000000abc
id=naa.5000000000000abc

machine() {
    truncate -s 96M "$work/root.img"
    printf 'label: gpt\nsize=4MiB, name=boot\nstart=6MiB, size=80MiB, name=root\n' | sfdisk -q "$work/root.img"
    root_folder "$work/folder"
    write_ext4 "$work/folder" "$work/root.img" $((6 * 2048)) $((80 * 2048))
    disk d0 "$work/root.img"
    adapter h0
    adapter h1
    add -device "$(path p0 h0 d0 0x5000000000000abc)" -device "$(path p1 h1 d0 0x5000000000000abc)"
}

events() {
    on 'take a path'
    monitor 'device_del p0'
    on 'give it back'
    monitor "device_add $(path p0 h0 d0 0x5000000000000abc)"
}

tell() { printf '\n--- %s\n' "$*"; }

show() { # COMMAND...
    printf '$ %s\n' "$*"
    "$@"
}

guest() {
    wait_for 20 has_disks 2 $id
    tell 'initramfs: two disks in sight, and they are one'
    inventory | while read -r name number one sectors _; do
        printf '%-4s %-5s %s  %s MiB\n' "$name" "$number" "$one" $((sectors / 2048))
    done
    tell 'rdmpath run'
    rdmpath run &
    printf '%s\n' $! > /run/pid
    holds rdmpath wait --timeout 60
    wait_for 20 has_paths $map $id
    show rdmpath list
    tell 'root is mounted from the map, and becomes the root'
    show mount -t ext4 /dev/mapper/$map-part2 /newroot
    enter_root
}

inside() {
    show grep ext4 /proc/mounts
    holds grep -q "^/dev/mapper/$map-part2 / ext4 rw" /proc/mounts
    tell 'somebody writes to it all the time'
    : > /run/written
    while :; do
        dd if=/dev/urandom of=/file bs=64k count=4 conv=fsync 2> /dev/null && printf . >> /run/written
    done &
    wait_for 20 written

    tell 'one path is taken away'
    signal 'take a path'
    wait_for 20 one_path
    wait_for 20 written
    show rdmpath list
    printf 'writing went on: %s files\n' "$(wc -c < /run/written)"

    tell 'and given back'
    signal 'give it back'
    wait_for 30 two_paths
    wait_for 20 written
    show rdmpath list
    printf 'writing went on: %s files\n' "$(wc -c < /run/written)"
    holds running
    tell 'done'
}

one_path() { [ "$(inventory | wc -l)" = 1 ] && has_paths $map $id; }
two_paths() { has_disks 2 $id && has_paths $map $id; }

written() { # three more files since the last time
    count=$(wc -c < /run/written)
    [ "$count" -ge $((${seen:-0} + 3)) ] && seen=$count
}
