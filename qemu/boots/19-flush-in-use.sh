# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=dash
# flush while a partition is mounted: it stays with its map, all else goes, and status 1 says why
modules='virtio_pci virtio_scsi crc32c_generic ext4'

map=35000000000000019

machine() {
    random_image "$work/disk.img" 16
    printf 'label: gpt\nstart=2048, size=8192\nstart=16384, size=8192\n' | sfdisk -q "$work/disk.img"
    mkdir "$work/folder"
    write_ext4 "$work/folder" "$work/disk.img" 2048 8192
    disk d0 "$work/disk.img"
    for host in h0 h1; do
        adapter $host
        add -device "$(path "$host-0" $host d0 0x5000000000000019)"
    done
}

guest() {
    modprobe scsi_debug add_host=2 vpd_use_hostno=0 dev_size_mb=8
    wait_for 10 has_disks 4
    holds rdmpath assemble
    mount -t ext4 /dev/mapper/$map-part1 /newroot
    status_is 1 rdmpath flush
    says "$map-part1: in use"
    expect 'what stays' "$(dmsetup ls | sed 's/[[:space:]].*//' | sort | tr '\n' ' ')" "$map $map-part1 "
    touch /newroot/file
    umount /newroot
    status_is 0 rdmpath flush
    expect 'what is left' "$(dmsetup ls)" 'No devices found'
}
