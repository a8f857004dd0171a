# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=dash
# 8 LUNs with 8 paths each

guest() {
    modprobe scsi_debug add_host=8 max_luns=8 vpd_use_hostno=0 dev_size_mb=8
    wait_for 20 has_disks 64
    holds rdmpath assemble
    expect 'number of maps' "$(maps | wc -l)" 8
    for lun in 0 1 2 3 4 5 6 7; do
        map=1Linux_scsi_debug_200$lun
        id=naa.33333330000007d$lun
        expect "table of LUN $lun" "$(table_of $map)" "$(alua_table $id)"
        expect "paths of LUN $lun" "$(path_status $map | grep -c ' A$')" 8
        holds has_paths $map $id
    done
}
