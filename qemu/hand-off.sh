# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash disable=SC2154
# The life of `rdmpath run` after its map is up, for the boots 25 and 26: from an initramfs with udev through switch_root
# into the incumbent's own system, until its multipathd takes the map over. The first part is the host's, the rest the
# guest's.
map=35000000000000b01
id=naa.5000000000000b01
memory=1024
timeout=400

machine() {
    local host=$work/root/host
    mkdir -p "$work/root"
    cp -a "$("$here/../tests/incumbent" "$generation")" "$host"
    cp "$here"/guest/lib.sh "$here"/guest/target.sh "$here/hand-off.sh" "$work/root/scenario.sh" \
        "$work/root/boot-name" "$host"
    cp "$here/guest/inside" "$host/sbin/init"
    cp "$here/hand-off.sh" "$work/root"
    cp "$binary" "$host/bin/rdmpath"
    random_image "$work/two.img" 16
    printf 'label: gpt\nsize=4MiB\nsize=4MiB\n' | sfdisk -q "$work/two.img"
    disk two "$work/two.img"
    adapter h0
    adapter h1
    add -device "$(path p0 h0 two 0x5000000000000b01)" -device "$(path p1 h1 two 0x5000000000000b01)"
}

events() {
    on 'give p2'
    monitor "device_add $(path p2 h0 two 0x5000000000000b01 scsi-id=2)"
    on 'give p3'
    monitor "device_add $(path p3 h1 two 0x5000000000000b01 scsi-id=3)"
}

modules='virtio_pci virtio_scsi'

guest() {
    wait_for 20 has_disks 2 $id
    holds has_kernel_partitions
    mount -t tmpfs -o size=70% root /newroot
    mv /host/* /newroot
    systemd-udevd --daemon
    udevadm trigger --action=add --subsystem-match=block
    udevadm settle
    mkdir -p /run/systemd/system
    : > /run/systemd/system/rdmpath.service
    mkdir -p /run/rdmpath
    : > /run/rdmpath/on
    start_run
    holds rdmpath wait --timeout 30 $map
    wait_for 10 has_paths $map $id
    expect 'pid for sendsigs' "$(cat /run/sendsigs.omit.d/rdmpath)" "$(cat /run/pid)"

    # the kernel's own partitions go, and another one sees nothing amiss
    wait_for 10 eval '! has_kernel_partitions'
    holds rdmpath assemble
    holds is_map $map-part1
    holds is_map $map-part2
    exec 8< /dev/mapper/$map-part2 # as root would: nobody removes the map

    # no table while udev is away
    udevadm control --exit
    signal 'give p2'
    wait_for 20 has_disks 3 $id
    sleep 4
    expect 'paths while udev is away' "$(path_status $map | wc -l)" 2
    enter_root
}

inside() {
    holds running
    /lib/systemd/systemd-udevd --daemon
    udevadm trigger --action=add --subsystem-match=block
    udevadm settle
    wait_for 10 has_paths $map $id # the third one, now that udev is back
    signal 'give p3'
    wait_for 20 has_disks 4 $id
    wait_for 20 has_paths $map $id
    wait_for 10 eval '! has_kernel_partitions'

    # all deadlines are over at once
    kill -STOP "$(cat /run/pid)"
    sleep 8
    kill -CONT "$(cat /run/pid)"
    sleep 2
    holds has_paths $map $id
    fails grep -q 'does not answer\|lost' /run/rdmpath/report

    # nobody but us takes a path back
    first=$(devnos $id | cut -d ' ' -f 1)
    dmsetup message $map 0 "fail_path $first"
    wait_for 10 path_is $map "$first" A

    # a multipathd that will not have the map, as it is in no wwids file, and one that has it
    dmsetup table > /run/before
    : > /etc/multipath.conf
    multipathd -d -v3 > /run/multipathd 2>&1 &
    wait_for 20 grep -q 'multipathd has started' /run/rdmpath/report
    if [ "$(multipathd show maps raw format %w)" != $map ]; then
        wait_for 60 grep -q 'does not take it over.*multipath -a /dev/sd' /run/rdmpath/report
        holds running
        dmsetup message $map 0 "fail_path $first"
        wait_for 10 path_is $map "$first" A
        multipath -a "/dev/$(disks $id | head -n 1)"
        multipathd reconfigure
    fi
    wait_for 60 grep -q 'multipathd has taken over 1 map after .*; leaving' /run/rdmpath/report
    wait_for 5 eval '! running'
    expect 'maps that it has' "$(multipathd show maps raw format %w)" $map
    wait_for 20 has_paths $map $id
    dmsetup table | diff /run/before - || fail 'the tables are others than before'
    expect 'what is left' "$(find /run/rdmpath /run/sendsigs.omit.d /run/systemd -type f)" /run/rdmpath/report
    cat /run/rdmpath/report
    holds grep -q '^[0-9]*[.][0-9][0-9] s: waiting for' /run/rdmpath/report
    fails grep 'joined' /run/log # the console keeps quiet
    holds grep 'leaving' /run/log
}

has_kernel_partitions() {
    ls -d /sys/block/sd*/sd*[0-9] > /dev/null 2>&1
}
