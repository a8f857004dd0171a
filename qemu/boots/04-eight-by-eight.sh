# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=dash
# 8 LUNs with 8 paths each

guest() {
    modprobe scsi_debug add_host=8 max_luns=8 vpd_use_hostno=0 dev_size_mb=8
    wait_for 20 has_disks 64
    # shellcheck disable=SC2016 # for each event
    uevent sh -c 'echo $ACTION $DEVPATH >> /run/events' &
    wait_for 10 is_heard
    holds rdmpath assemble
    # The kernel adds the disk with its first table, and says "change" when it is resumed: drivers/md/dm.c
    wait_for 10 all_are_heard
    expect 'tables before the first resume' "$(grep /block/dm- /run/events | head -n 8 | cut -d ' ' -f 1 | sort | uniq -c | tr -d ' ')" 8add
    expect 'number of maps' "$(maps | wc -l)" 8
    for lun in 0 1 2 3 4 5 6 7; do
        map=1Linux_scsi_debug_200$lun
        id=naa.33333330000007d$lun
        expect "table of LUN $lun" "$(table_of $map)" "$(alua_table $id)"
        expect "paths of LUN $lun" "$(path_status $map | grep -c ' A$')" 8
        holds has_paths $map $id
    done
}

is_heard() {
    echo change > /sys/block/sda/uevent
    grep -q sda /run/events
}

all_are_heard() { [ "$(grep -c '^change .*/block/dm-' /run/events)" -ge 8 ]; }
