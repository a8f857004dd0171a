# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=dash
# 512 paths to 64 LUNs: all maps right, little memory
memory=1024
timeout=600

guest() {
    modprobe scsi_debug add_host=8 max_luns=64 vpd_use_hostno=0 dev_size_mb=8
    wait_for 120 has_disks 512
    begin=$(now)
    start_run
    # shellcheck disable=SC2046 # a list
    holds rdmpath wait --timeout 240 $(seq 2000 2063 | sed 's/^/1Linux_scsi_debug_/')
    say "all maps after $(($(now) - begin))/100 s"
    wait_for 240 all_paths
    say "all paths after $(($(now) - begin))/100 s"
    below 'peak memory of the event loop in KiB' "$(peak)" 4096

    inventory > /run/inventory
    inventory() { cat /run/inventory; }
    expect 'number of maps' "$(maps | wc -l)" 64
    for number in $(seq 2000 2063); do
        map=1Linux_scsi_debug_$number
        expect "table of $map" "$(table_of "$map")" "$(alua_table "naa.333333300000$(printf %04x "$number")")"
    done
    holds running
}

all_paths() { [ "$(dmsetup status | grep -o '[0-9]*:[0-9]* A ' | wc -l)" = 512 ]; }
