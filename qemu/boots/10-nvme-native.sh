# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=dash
# NVMe with the kernel's own multipathing is left alone
modules='nvme'
append='nvme_core.multipath=Y'

machine() {
    random_image "$work/disk.img" 16
    printf 'label: gpt\nsize=4MiB\n' | sfdisk -q "$work/disk.img"
    disk d0 "$work/disk.img"
    add -device nvme-subsys,id=s0,nqn=boot10
    add -device nvme,id=c0,serial=BOOT10,subsys=s0 -device nvme,id=c1,serial=BOOT10,subsys=s0
    add -device nvme-ns,drive=d0,bus=c0,nsid=1,shared=on
}

guest() {
    wait_for 10 two_hidden_paths
    disk=$(find /sys/block -name 'nvme[01]n1')
    disk=${disk##*/}
    wait_for 10 test -b "/dev/${disk}p1"
    status_is 1 rdmpath assemble
    says 'no disk with two paths or more'
    status_is 0 rdmpath explain "$disk"
    says 'native'
    start_run
    usleep 2000000 # time to do something wrong
    holds running
    expect 'devices of device-mapper' "$(dmsetup ls)" 'No devices found'
    expect holders "$(find "/sys/block/$disk/holders/" -mindepth 1)" ''
    expect data "$(digest "/dev/${disk}p1")" "$(digest "/dev/$disk" "$(cat "/sys/block/$disk/${disk}p1/start")" 8192)"
}

two_hidden_paths() { [ "$(cat /sys/block/*/hidden | grep -c 1)" = 2 ]; }
