# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=dash
# One guest, one run: rdmpath, multipath and, as the floor, dmsetup make the same maps of the same disks by turns
generation=0.9
if [ -e /side-by-side ]; then
    # shellcheck source=qemu/side-by-side/guest.sh
    . /side-by-side/guest.sh
else
    # shellcheck source=qemu/side-by-side/host.sh
    . "$here/side-by-side/host.sh"
    memory=4096
    processors=2
    timeout=7200
    mkdir -p "$work/root"
    printf '%s\n' "${BENCH_PATHS:-4 64 512 2048}" > "$work/root/sizes"
fi

guest() {
    cp /bin/measure /host/bin
    cp /sizes /host
    enter_host
}

inside() {
    read -r sizes < /sizes
    for size in $sizes; do
        # so many hosts with so many LUNs on each
        case $size in 4) hosts=4 luns=1 ;; 64) hosts=4 luns=16 ;; 512) hosts=8 luns=64 ;; *) hosts=8 luns=$((size / 8)) ;; esac
        [ "$size" -lt 512 ] && rounds=3 || rounds=1
        modprobe scsi_debug add_host=$hosts max_luns="$luns" vpd_use_hostno=0 dev_size_mb=8
        wait_for 300 has_disks "$size"
        printf 'defaults {\nfind_multipaths no\n}\n' > /etc/multipath.conf
        mkdir -p /etc/rdmpath
        printf 'multipath-tools 0.9.4\n' > /etc/rdmpath/host
        start_udev
        stop_udev # multipath looks only at disks that are in udev's database
        compare without
        if [ "$size" -lt 2048 ]; then
            start_udev
            compare with
            stop_udev
        fi
        rmmod scsi_debug
        rm -rf /run/udev
    done
}

# udev with Debian's rules for maps, and for disks one line: theirs would take minutes, and nobody asks for more
start_udev() {
    rm -f /lib/udev/rules.d/*scsi* /lib/udev/rules.d/60-persistent-storage.rules /lib/udev/rules.d/60-multipath.rules
    # shellcheck disable=SC2016 # for udev
    printf 'SUBSYSTEM=="block", KERNEL=="sd*", ENV{ID_SERIAL}="$attr{device/wwid}", ENV{SCSI_IDENT_SERIAL}="1", ENV{DM_MULTIPATH_DEVICE_PATH}="1"\n' \
        > /lib/udev/rules.d/30-claimed.rules
    /lib/systemd/systemd-udevd --daemon
    udevadm trigger --action=add --subsystem-match=block
    udevadm settle --timeout=600
}

stop_udev() {
    udevadm control --exit
    rm -f /run/udev/control
}

compare() { # with|without udev
    rdmpath assemble > /run/log 2>&1 || fail 'rdmpath assemble'
    dmsetup table --concise > /run/concise
    remove_maps
    for round in $(seq "$rounds"); do
        for program in dmsetup rdmpath multipath; do
            printf 'bench %s %s %s ' "$size" "$1" "$program"
            $program'_makes_maps' "$luns"
            remove_maps
        done
    done
    [ "$size" -le 64 ] || return 0
    for program in dmsetup rdmpath multipath; do
        printf 'bench %s %s %s ' "$size" "$1" "$program"
        $program'_makes_maps' calls
        remove_maps
    done
}

dmsetup_makes_maps() { # MAPS|calls
    # shellcheck disable=SC2016 # for that shell
    measure "$1" dmsetup create --concise "$(cat /run/concise)" 2> /dev/null
}

rdmpath_makes_maps() { # MAPS|calls
    measure "$1" rdmpath assemble 2> /dev/null
}

multipath_makes_maps() { # MAPS|calls
    rm -rf /etc/multipath /run/multipath
    measure "$1" multipath -v0
}

remove_maps() {
    [ ! -e /run/udev/control ] || udevadm settle --timeout=600
    dmsetup remove_all --noudevsync
    [ ! -e /run/udev/control ] || udevadm settle --timeout=600
}
