# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=dash
# two paths on scsi_debug, with udev and Debian's rules for device-mapper

map=1Linux_scsi_debug_2000
id=naa.33333330000007d0
append=norandmaps # the guest is faster with it, and came back from `wait` before udev had made a partition's link

guest() {
    modprobe scsi_debug add_host=2 vpd_use_hostno=0 dev_size_mb=8 num_parts=2
    wait_for 10 has_disks 2 $id
    systemd-udevd --daemon
    udevadm trigger --action=add --subsystem-match=block
    udevadm settle

    begin=$(now)
    rdmpath assemble > /run/log 2>&1 || fail 'rdmpath assemble'
    below 'time of assemble in 1/100 s' $(($(now) - begin)) 900 # a wait for udev that runs out takes 10 s
    expect 'cookies that wait' "$(dmsetup udevcookies | grep -c 0xd4d)" 0
    expect maps "$(maps)" "$map"
    expect table "$(table_of $map)" "$(alua_table $id)"

    # assemble comes back when udev is done
    links_are_udevs
    fails grep -q 'did not confirm' /run/log
    holds rdmpath flush
    udevadm settle
    fails test -e "/dev/disk/by-id/dm-uuid-mpath-$map"

    # and so does wait, of what the event loop has made
    start_run
    holds rdmpath wait --timeout 30 $map
    links_are_udevs
    wait_for 10 has_paths $map $id
    holds running
    stop_run
    fails grep -q 'did not confirm' /run/log
}

links_are_udevs() {
    for name in $map $map-part1 $map-part2; do
        holds is_map "$name"
        holds test -L "/dev/mapper/$name"
        uuid=$(dmsetup info -c --noheadings -o uuid "$name")
        holds test "/dev/disk/by-id/dm-uuid-$uuid" -ef "/dev/mapper/$name"
        udevadm info -q property "/dev/mapper/$name" > /run/properties
        holds grep -q '^DM_UDEV_PRIMARY_SOURCE_FLAG=1' /run/properties
    done
    expect 'uuid of a partition' "$uuid" "part2-mpath-$map"
}
