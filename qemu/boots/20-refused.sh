# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=dash
# the kernel refuses: somebody has a path, or all, for himself; a hardware handler has no module, or is for other disks

map=1Linux_scsi_debug_2000
id=naa.33333330000007d0

plain=35000000000000020

machine() {
    truncate -s 8M "$work/disk.img"
    disk d0 "$work/disk.img"
    for host in h0 h1; do
        adapter $host
        add -device "$(path "p-$host" "$host" d0 0x${plain#3})"
    done
}

guest() {
    modprobe scsi_debug add_host=2 vpd_use_hostno=0 dev_size_mb=8
    wait_for 10 has_disks 2 $id
    # shellcheck disable=SC2046 # a list
    set -- $(disks $id)
    mkswap "/dev/$1" > /dev/null
    swapon "/dev/$1"
    dmsetup create held --table "0 $(cat "/sys/block/$2/size") linear /dev/$2 0"
    status_is 3 rdmpath assemble
    says "$map: the kernel refused the table: Resource busy: sd[ab] sd[ab]"
    expect 'all devices' "$(dmsetup ls | cut -f 1)" 'held'

    dmsetup remove held
    status_is 0 rdmpath assemble # without the path that swap is on
    says "$map: the kernel refused the table: Resource busy: $1"
    expect 'its paths' "$(path_status $map)" "$(devno "$2") A"
    swapoff "/dev/$1"
    status_is 0 rdmpath assemble
    holds has_paths $map $id
    holds rdmpath flush
    rmmod scsi_debug
    handlers
}

# The table of 0.9 asks for handlers. The kernel finds no module of rdac (nor would it load one here), and with one, the
# disk is none of its.
handlers() {
    mkdir -p /etc/rdmpath
    printf 'multipath-tools 0.9.4\n' > /etc/rdmpath/host
    printf 'defaults {\n\tfind_multipaths yes\n}\ndevices {\n\tdevice {\n\t\tvendor QEMU\n\t\tproduct "."\n\t\thardware_handler "1 rdac"\n\t\tno_path_retry queue\n\t}\n}\n' > /etc/multipath.conf
    modprobe virtio_pci
    modprobe virtio_scsi
    wait_for 10 has_disks 2 naa.${plain#3}
    for module in missing there; do
        [ $module = missing ] || modprobe scsi_dh_rdac
        status_is 0 rdmpath assemble
        # shellcheck disable=SC2046 # a list
        expect "table, module $module" "$(table_of $plain)" "$(table 16384 '1 queue_if_no_path' 0 $(devnos naa.${plain#3}))"
        status_is 0 rdmpath assemble
        expect 'refusals, of which the second run brought none' "$(dmesg | grep -c 'error attaching hardware handler')" 1
        dmesg -c > /dev/null
        holds rdmpath flush
    done
}
