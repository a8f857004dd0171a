#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# dracut's last word before switch_root

check() {    # called by dracut
    return 0
}

install() {    # called by dracut
    # shellcheck disable=SC2154 # dracut's
    inst_hook pre-pivot 99 "$moddir/pivot.sh"
    inst_hook emergency 99 "$moddir/emergency.sh"
    # shellcheck disable=SC2154
    inst_simple "$moddir/lab.conf" "$systemdsystemunitdir/systemd-udev-trigger.service.d/lab.conf"
    inst_multiple cat cp dmesg dmsetup head ls mkdir mount readlink sed sleep udevadm
}
