# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=dash
# odd sizes, with 512 and 4096 bytes a block: map and partition reach to the last sector
modules='virtio_pci virtio_scsi'

machine() {
    random_image "$work/small" 8
    head -c 512 /dev/urandom >> "$work/small"
    printf 'label: dos\nstart=2047, size=14338\n' | sfdisk -q "$work/small"
    random_image "$work/large" 8
    head -c 4096 /dev/urandom >> "$work/large"
    printf 'o\nn\np\n1\n256\n2048\nw\n' | fdisk -b 4096 "$work/large" > /dev/null
    disk d1 "$work/small"
    disk d2 "$work/large"
    adapter h0
    adapter h1
    for host in h0 h1; do
        add -device "$(path "$host-1" "$host" d1 0x5000000000000c01 lun=1)"
        add -device "$(path "$host-2" "$host" d2 0x5000000000000c02 lun=2,logical_block_size=4096,physical_block_size=4096)"
    done
}

guest() {
    wait_for 10 has_disks 4
    holds rdmpath assemble
    reaches_the_end 35000000000000c01 16385 2047 1
    reaches_the_end 35000000000000c02 16392 2048 8
}

reaches_the_end() { # MAP SECTORS PARTITION_START SECTORS_OF_A_BLOCK
    disk=$(disks "naa.${1#3}" | head -n 1)
    # shellcheck disable=SC2046 # a list
    expect "table of $1" "$(table_of "$1")" "$(table "$2" 0 0 $(devnos "naa.${1#3}"))"
    expect "partition of $1" "$(dmsetup table "$1-part1" | cut -d ' ' -f 1-3,5)" "0 $(($2 - $3)) linear $3"
    last=$(digest "/dev/$disk" $(($2 - $4)) "$4")
    fails test "$last" = "$(sha256sum < /dev/null)"
    expect "last block of $1" "$(digest "/dev/mapper/$1" $(($2 - $4)) "$4")" "$last"
    expect "last block of $1-part1" "$(digest "/dev/mapper/$1-part1" $(($2 - $3 - $4)) "$4")" "$last"
    expect "data of $1" "$(digest "/dev/mapper/$1")" "$(digest "/dev/$disk")"
}
