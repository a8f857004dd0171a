# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=dash
# partitions: GPT with 200, DOS with 8 logical ones, a damaged first GPT header, 4096-byte sectors, a Sun label
modules='virtio_pci virtio_scsi'
timeout=300
append=dont_del_part_nodes # they are compared with

machine() {
    for name in gpt200 dos damaged sectors4096 sun; do
        random_image "$work/$name" 64
        disk "$name" "$work/$name"
    done
    {
        printf 'label: gpt\ntable-length: 200\nfirst-lba: 64\n'
        for number in $(seq 200); do printf 'start=%s, size=100\n' $((number * 300)); done
    } | sfdisk -q "$work/gpt200"
    {
        printf 'label: dos\nstart=2048, size=4096\nstart=8192, size=110000, type=5\n'
        for number in $(seq 8); do printf 'start=%s, size=3000\n' $((number * 10000)); done
    } | sfdisk -q "$work/dos"
    printf 'label: gpt\nstart=2048, size=7777\nstart=20480, size=33333\n' | sfdisk -q "$work/damaged"
    printf 'ruined header' | dd of="$work/damaged" bs=1 seek=$((512 + 20)) conv=notrunc 2> /dev/null
    printf 'g\nn\n1\n512\n+1000\nn\n2\n4096\n+7\nw\n' | fdisk -b 4096 "$work/sectors4096" > /dev/null
    printf 'label: sun\nstart=0, size=32130\nstart=32130, size=48195\n' | sfdisk -q "$work/sun"
    adapter h0
    adapter h1
    for host in h0 h1; do
        add -device "$(path "$host-1" "$host" gpt200 0x5000000000000b01 lun=1)" -device "$(path "$host-2" "$host" dos 0x5000000000000b02 lun=2)"
        add -device "$(path "$host-3" "$host" damaged 0x5000000000000b03 lun=3)"
        add -device "$(path "$host-4" "$host" sectors4096 0x5000000000000b04 lun=4,logical_block_size=4096,physical_block_size=4096)"
        add -device "$(path "$host-5" "$host" sun 0x5000000000000b05 lun=5)"
    done
}

guest() {
    wait_for 10 has_disks 10
    holds rdmpath assemble
    expect maps "$(maps | tr '\n' ' ')" '35000000000000b01 35000000000000b02 35000000000000b03 35000000000000b04 35000000000000b05 '

    partitions_are 1 200 by_kernel by_kpartx
    partitions_are 2 10 by_kernel # one primary, one extended, 8 logical; kpartx lists these from the extended one's start
    partitions_are 3 2 by_kpartx  # the kernel does not look at the second header
    partitions_are 4 2 by_kernel by_kpartx
    partitions_are 5 2 by_kernel # a format that the kernel alone reads
}

partitions_are() { # DISK COUNT WITNESS...
    map=35000000000000b0$1
    disk=$(disks "naa.${map#3}" | head -n 1)
    ours=$(dmsetup table | sed -n "s/^$map-part\([0-9]*\): 0 \([0-9]*\) linear [0-9:]* \([0-9]*\).*/\1 \3 \2/p" | sort -n)
    expect "number of partitions of $1" "$(printf '%s\n' "$ours" | wc -l)" "$2"
    shift 2
    for witness; do
        expect "partitions of $map $witness" "$ours" "$($witness "$disk")"
    done
    # shellcheck disable=SC2046 # number, start, size of the last
    set -- $(printf '%s\n' "$ours" | tail -n 1)
    expect "data of $map-part$1" "$(digest "/dev/mapper/$map-part$1")" "$(digest "/dev/$disk" "$2" "$3")"
    expect uuid "$(dmsetup info -c --noheadings -o uuid "$map-part$1")" "part$1-mpath-$map"
}

# lines NUMBER START SIZE, in 512 bytes
by_kernel() { # DISK
    for folder in "/sys/block/$1/$1"*; do
        printf '%s %s %s\n' "$(cat "$folder/partition")" "$(cat "$folder/start")" "$(cat "$folder/size")"
    done | sort -n
}

by_kpartx() { # DISK
    kpartx -l -p -part "/dev/$1" 2> /dev/null | sed -n 's/.*-part\([0-9]*\) : 0 \([0-9]*\) [^ ]* \([0-9]*\).*/\1 \3 \2/p' | sort -n
}
