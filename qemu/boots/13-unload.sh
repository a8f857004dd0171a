# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=dash
# flush, also with queueing and dead paths, then every module unloads

map=1Linux_scsi_debug_2000
id=naa.33333330000007d0

guest() {
    modprobe scsi_debug add_host=2 max_luns=2 vpd_use_hostno=0 dev_size_mb=8 num_parts=2
    wait_for 10 has_disks 4
    start_run
    holds rdmpath wait --timeout 20 $map 1Linux_scsi_debug_2001
    wait_for 10 has_paths $map $id
    stop_run

    # of one map both paths are dead, and it queues
    dmsetup message $map 0 queue_if_no_path
    for name in $(disks $id); do
        echo offline > "/sys/block/$name/device/state"
    done
    begin=$(now)
    holds timeout 30 rdmpath flush
    below 'time of flush in 1/100 s' $(($(now) - begin)) 1000
    expect 'what is left' "$(dmsetup ls)" 'No devices found'
    holds rdmpath flush # nothing to do is no error

    # rmmod, as busybox's modprobe -r wants to remove crc modules too that others need
    for module in scsi_debug dm_service_time dm_multipath dm_mod scsi_dh_alua sd_mod sg scsi_mod; do
        holds rmmod "$module"
    done
    fails grep -q '^dm_\|^scsi_debug\|^scsi_mod' /proc/modules
}
