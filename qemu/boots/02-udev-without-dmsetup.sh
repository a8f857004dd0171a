# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=dash
# udev runs, but dmsetup is not in the image: nobody completes a cookie, and nobody but the library makes the nodes

map=1Linux_scsi_debug_2000
id=naa.33333330000007d0

guest() {
    mkdir /run/elsewhere
    mv "$(command -v dmsetup)" /run/elsewhere/
    PATH=$PATH:/run/elsewhere
    modprobe scsi_debug add_host=2 vpd_use_hostno=0 dev_size_mb=8
    wait_for 10 has_disks 2 $id
    systemd-udevd --daemon
    udevadm trigger --action=add --subsystem-match=block
    udevadm settle

    begin=$(now)
    holds rdmpath assemble 2> /run/said
    below 'time of assemble in 1/100 s' $(($(now) - begin)) 900 # a wait for udev that runs out takes 10 s
    expect maps "$(maps)" "$map"
    holds grep -q 'the image has no dmsetup' /run/said
    holds test -b "/dev/mapper/$map"
    holds rdmpath flush
    fails test -e "/dev/mapper/$map"
}
