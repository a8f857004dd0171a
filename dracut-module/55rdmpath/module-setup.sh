#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck disable=SC2154,SC2317  # dracut's variables; functions that it calls

# collects the devices that a host-only image is for
remember_device() {
    _devices+=("$1")
    return 1
}

# all of them. Swap that the host would be resumed from may be off just now; kdump names what its image is for.
host_devices() {
    for_each_host_dev_and_slaves_all remember_device
    [[ $hostonly_default_device == no ]] || mapfile -t -O "${#_devices[@]}" _devices < <(grep -vx 0:0 /sys/power/resume 2> /dev/null)
}

# what this host's image has to know
record() {
    local _version
    _version=$(multipath -h 2>&1 | sed -n 's/^multipath-tools v\([0-9.]*\).*/\1/p')
    printf 'recorded %s\n' "$(date +%F)"
    rdmpath record ${_version:+--multipath-tools "$_version"} "$@"
}

# a host-only image's devices as dracut sees them stand on maps, or would
stands_on_maps() {
    local -a _devices=()
    host_devices
    ((${#_devices[@]})) && record "${_devices[@]}" 2> /dev/null | grep -q '^map '
}

# called by dracut
check() {
    require_binaries rdmpath dmsetup || return 1
    [[ $hostonly || $mount_needs ]] || return 0
    stands_on_maps || return 255
}

# called by dracut
depends() {
    echo dm rootfs-block
    return 0
}

# called by dracut
cmdline() {
    rdmpath scope &> /dev/null && printf 'rd.mpath=1 '
    return 0
}

# called by dracut
installkernel() {
    hostonly='' instmods -o dm_multipath dm_service_time dm_queue_length dm_round_robin \
        dm_historical_service_time dm_io_affinity =drivers/scsi/device_handler
}

# called by dracut
install() {
    local -a _devices=()
    inst_multiple rdmpath dmsetup modprobe cat mkdir rm sleep
    inst_multiple -o /etc/multipath.conf /etc/multipath/wwids /etc/multipath/bindings /etc/multipath/conf.d/*.conf
    inst_multiple /usr/lib/rdmpath/{switch,settle,late-drivers} /usr/lib/rdmpath/rules.d/*.rules
    [[ -e $dracutsysrootdir/usr/sbin/udevadm ]] || ln_r /usr/lib/rdmpath/settle /usr/sbin/udevadm

    mkdir -p "$initdir/etc/rdmpath"
    if [[ $hostonly ]]; then
        host_devices
        record "${_devices[@]}" > "$initdir/etc/rdmpath/host"
    else
        record --generic > "$initdir/etc/rdmpath/host"
    fi
    # The module multipath makes up a file for a host that has none: nobody has configured anything there.
    [[ -e $dracutsysrootdir/etc/multipath.conf ]] || echo none > "$initdir/etc/rdmpath/no-multipath.conf"
    multipath -t 2> /dev/null > "$initdir/etc/rdmpath/multipath-t" || rm -f "$initdir/etc/rdmpath/multipath-t"

    if dracut_module_included systemd; then
        inst_simple "$moddir/rdmpath.service" "$systemdsystemunitdir/rdmpath.service"
        inst_script "$moddir/rdmpath-generator" "$systemdutildir/system-generators/rdmpath-generator"
    else
        inst_hook pre-udev 01 "$moddir/switch.sh"
        inst_hook pre-trigger 01 "$moddir/run.sh"
    fi
    inst_hook emergency 79 "$moddir/emergency.sh"
    inst_hook cleanup 79 "$moddir/leave.sh"
    inst_hook shutdown 15 "$moddir/flush.sh"
}
