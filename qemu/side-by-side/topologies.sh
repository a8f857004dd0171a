# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=dash
# The devices of the boots 23 and 24: each topology is brought up once for all its cases, and taken away.

# shellcheck source=qemu/guest/target.sh
. /target.sh

delete_disks() { # of SCSI, from the kernel's side
    local disk
    for disk in /sys/block/sd*; do
        echo 1 > "$disk/device/delete"
    done
}

plain=naa.33333330000007d0

# Numbers of the first hosts of scsi_debug that are not standby, which goes by the number: there each read of udev's would
# fail, and each failure is an event more
debug_hosts() { # COUNT
    printf '%s\n' /sys/bus/pseudo/devices/adapter*/host* | sed 's/.*host//' | sort -n | awk -v count="$1" '$1 % 3 < 2 && count-- > 0'
}

keep_hosts() { # COUNT: takes the disks of its other hosts away
    local file host kept
    kept=" $(debug_hosts "$1" | tr '\n' ' ')"
    udevadm settle
    for file in /sys/bus/pseudo/devices/adapter*/host*/target*/*/delete; do
        host=${file#*/host}
        case $kept in *" ${host%%/*} "*) ;; *) echo 1 > "$file" ;; esac
    done
}

# scsi_debug: a LUN with three paths, optimized and non-optimized ones; multipath-tools knows no such vendor
up_plain() {
    modprobe scsi_debug add_host=5 vpd_use_hostno=0 dev_size_mb=8
    wait_for 60 has_disks 5
    keep_hosts 3
}

down_plain() {
    rmmod scsi_debug
}

# three LUNs with two paths each but the last, which has one
up_names() {
    modprobe scsi_debug add_host=3 max_luns=3 vpd_use_hostno=0 dev_size_mb=8
    wait_for 60 has_disks 9
    keep_hosts 2
    local single
    single=$(echo /sys/class/scsi_device/*:0:0:2)
    echo 1 > "${single%% *}/device/delete"
}

down_names() {
    rmmod scsi_debug
}

# scsi_debug again, each LUN with two paths as another array's: the strings hold for what is scanned from then on
up_arrays() {
    local debug=/sys/bus/pseudo/drivers/scsi_debug lun=0 host vendor product
    modprobe scsi_debug add_host=3 vpd_use_hostno=0 dev_size_mb=8
    wait_for 60 has_disks 3
    keep_hosts 0
    while IFS='|' read -r vendor product; do
        lun=$((lun + 1))
        printf '%-8s' "$vendor" > /sys/module/scsi_debug/parameters/inq_vendor
        printf '%-16s' "$product" > /sys/module/scsi_debug/parameters/inq_product
        printf %s $((lun + 1)) > $debug/max_luns
        for host in $(debug_hosts 2); do
            printf '0 0 %s' $lun > "/sys/class/scsi_host/host$host/scan"
        done
        printf '%s %s %s\n' $((2000 + lun)) "$vendor" "$product" >> /run/arrays
    done < /side-by-side/arrays
    wait_for 60 has_disks $((2 * lun))
}

down_arrays() {
    rmmod scsi_debug
}

lio=naa.60014050123456789abcdef000000000

# the kernel's own target: a LUN with two paths in each of two port groups, whose states the cases set
up_alua() {
    modprobe -a target_core_file tcm_loop
    grep -q ' /sys/kernel/config ' /proc/mounts || mount_target
    lio_disk d0 8 0123456789abcdef
    lio_group d0 a 1
    lio_group d0 b 2
    for path in 1:a 2:b 3:a 4:b; do
        loop_path "${path%:*}" fileio_0/d0
        path_group "${path%:*}" "${path#*:}"
    done
    wait_for 60 has_disks 4 $lio
    alua_now=
}

# Sets both groups, and waits until the kernel knows it. By way of optimized: in most of the other states the kernel
# sends nothing of its own to the path, and so doesn't hear of the change.
states() { # A B
    [ "$alua_now" != "$*" ] || return 0
    alua_now=
    group_states 0 0
    group_states "$1" "$2"
    alua_now="$*"
}

group_states() { # A B
    local disk group name
    printf 0 > "$target/core/fileio_0/d0/alua/a/preferred"
    printf 0 > "$target/core/fileio_0/d0/alua/b/preferred"
    printf %s "$1" > "$target/core/fileio_0/d0/alua/a/alua_access_state"
    printf %s "$2" > "$target/core/fileio_0/d0/alua/b/alua_access_state"
    group=$1
    for disk in $(disks $lio); do # in the order of hosts: a b a b
        case $group in
        0) name=active/optimized && echo 1 > "/sys/block/$disk/device/rescan" ;;
        1) name=active/non-optimized ;;
        2) name=standby ;;
        3) name=unavailable ;;
        esac
        wait_for 60 has_state "$disk" "$name"
        [ "$group" = "$1" ] && group=$2 || group=$1
    done
}

has_state() { # DISK SYSFS_STATE: the kernel looks again after a command got the unit attention
    dd "if=/dev/$1" of=/dev/null bs=4096 count=1 iflag=direct 2> /dev/null || :
    grep -qx "$2" "/sys/block/$1/device/access_state"
}

preferred() { # GROUP: until the next states
    alua_now=
    printf 1 > "$target/core/fileio_0/d0/alua/$1/preferred"
}

down_alua() {
    delete_disks
}

# two adapters of QEMU: a disk with partitions and a read-only one behind both, a third behind one of them
up_virtio() {
    modprobe -a virtio_pci virtio_scsi
    wait_for 60 has_disks 5
}

down_virtio() {
    rmmod virtio_scsi
    rm /lib/udev/rules.d/60-kpartx.rules # no other disk has partitions
}

# two NVMe controllers with one namespace; the kernel's own multipathing is off
up_nvme() {
    modprobe nvme
    wait_for 60 has_disks 2
}

down_nvme() {
    rmmod nvme
}

# iSCSI within the guest: a LUN behind four portals, each a session and a host of its own
up_iscsi() {
    modprobe -a crc32c_generic target_core_file iscsi_target_mod iscsi_tcp
    grep -q ' /sys/kernel/config ' /proc/mounts || mount_target
    ip link set lo up
    lio_disk i0 8 fedcba9876543210
    local number portal
    for number in 1 2 3 4; do
        portal=$target/iscsi/iqn.2026-01.lab:side/tpgt_$number
        mkdir -p "$portal/lun/lun_0" "$portal/np/127.0.0.$number:3260"
        ln -s "$target/core/fileio_0/i0" "$portal/lun/lun_0/disk"
        echo 0 > "$portal/attrib/authentication"
        echo 1 > "$portal/attrib/generate_node_acls"
        echo 1 > "$portal/attrib/cache_dynamic_acls"
        echo 0 > "$portal/attrib/demo_mode_write_protect"
        echo 1 > "$portal/enable"
        iscsistart -i iqn.2026-01.lab:guest -t iqn.2026-01.lab:side -g "$number" -a "127.0.0.$number" -p 3260 2>&1 | grep -i error || :
    done
    wait_for 60 has_disks 4 naa.6001405fedcba9876543210000000000
}

down_iscsi() {
    delete_disks
}

# NVMe over TCP within the guest: a namespace behind two ports
up_tcp() {
    modprobe -a crc32c_generic nvmet_tcp nvme_tcp
    grep -q ' /sys/kernel/config ' /proc/mounts || mount_target
    ip link set lo up
    local nvmet=/sys/kernel/config/nvmet subsystem port
    subsystem=$nvmet/subsystems/nqn.2026-01.lab:side
    dd if=/dev/urandom of=/run/tcp.img bs=1M count=8 2> /dev/null
    mkdir -p "$subsystem/namespaces/1"
    echo 1 > "$subsystem/attr_allow_any_host"
    printf /run/tcp.img > "$subsystem/namespaces/1/device_path"
    echo 1 > "$subsystem/namespaces/1/buffered_io" # a tmpfs has no direct I/O
    echo 11111111-2222-3333-4444-555555555555 > "$subsystem/namespaces/1/device_uuid"
    echo 1 > "$subsystem/namespaces/1/enable"
    for port in 1 2; do
        mkdir "$nvmet/ports/$port"
        echo tcp > "$nvmet/ports/$port/addr_trtype"
        echo ipv4 > "$nvmet/ports/$port/addr_adrfam"
        echo "127.0.0.$port" > "$nvmet/ports/$port/addr_traddr"
        echo 4420 > "$nvmet/ports/$port/addr_trsvcid"
        ln -s "$subsystem" "$nvmet/ports/$port/subsystems/"
        echo "transport=tcp,traddr=127.0.0.$port,trsvcid=4420,nqn=nqn.2026-01.lab:side,hostnqn=nqn.2014-08.org.nvmexpress:uuid:aaaaaaaa-2222-3333-4444-555555555555" > /dev/nvme-fabrics
    done
    wait_for 60 has_disks 2 uuid.11111111-2222-3333-4444-555555555555
}

down_tcp() {
    local controller
    for controller in /sys/class/nvme/*; do
        echo 1 > "$controller/delete_controller"
    done
}
