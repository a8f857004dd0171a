# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=dash
# NVMe: two controllers, one namespace, the kernel's own multipathing off
modules='nvme'
append='nvme_core.multipath=N dont_del_part_nodes' # they are compared with

machine() {
    random_image "$work/disk.img" 16
    printf 'label: gpt\nsize=4MiB\nsize=4MiB\n' | sfdisk -q "$work/disk.img"
    disk d0 "$work/disk.img"
    add -device nvme-subsys,id=s0,nqn=boot10
    add -device nvme,id=c0,serial=BOOT10,subsys=s0 -device nvme,id=c1,serial=BOOT10,subsys=s0
    add -device nvme-ns,drive=d0,bus=c0,nsid=1,shared=on
}

guest() {
    wait_for 10 has_disks 2
    map=$(cat /sys/block/nvme0n1/wwid) # what udev calls ID_WWN (decisions.md 1.1)
    start_run
    holds rdmpath wait --timeout 20 "$map"
    wait_for 10 has_paths "$map" "$map"
    expect maps "$(maps)" "$map"
    # `multipath -t` of 0.9.4 and 0.11.1 has group_by_prio for NVMe; without ANA the priorities are equal (decisions.md 7.1)
    expect table "$(table_of "$map")" "$(table 32768 0 0 "$(devnos "$map")")"
    expect data "$(digest "/dev/mapper/$map")" "$(digest /dev/nvme1n1)"
    expect 'data of part 2' "$(digest "/dev/mapper/$map-part2")" "$(digest /dev/nvme1n1p2)"

    # a controller goes: the other carries on, and its path leaves
    gone=$(devno nvme0n1)
    echo 1 > /sys/class/nvme/nvme0/device/remove
    expect 'data of part 1' "$(digest "/dev/mapper/$map-part1")" "$(digest /dev/nvme1n1p1)"
    wait_for 20 path_is "$map" "$gone" ''
    holds has_paths "$map" "$map"
}
