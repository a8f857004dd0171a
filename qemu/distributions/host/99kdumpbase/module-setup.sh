#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# In place of kdump-utils' module of this name, which Debian does not have: when all is mounted, /lab/kdump runs.

check() {    # called by dracut
    return 255
}

install() {    # called by dracut
    # shellcheck disable=SC2154 # dracut's
    inst_simple "$moddir/kdump-capture.service" "$systemdsystemunitdir/kdump-capture.service"
    systemctl -q --root "$initdir" add-wants initrd.target kdump-capture.service
    inst_multiple cat cp dmsetup journalctl readlink sed sync
}
