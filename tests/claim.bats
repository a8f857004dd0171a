#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# What `claim` says of maps, beside multipath-tools' kpartx_id. The trees of tests/incumbent are there once boots have run.

bats_require_minimum_version 1.5.0

setup() {
    rdmpath=${RDMPATH:-$BATS_TEST_DIRNAME/../build/rdmpath}
    incumbents=${XDG_CACHE_HOME:-$HOME/.cache}/rdmpath
    cd "$BATS_TEST_TMPDIR" || return
}

ours() {    # UUID: sorted, without quotes
    printf 'rdmpath machine 1\n[cmdline]\n| rd.mpath=1\n[sysfs]\nblock/dm-0/dm/uuid = %s\n' "$1" |
        "$rdmpath" claim --snapshot - dm-0 | tr -d '"' | sort
}

theirs() {    # UUID: as ours, but for the parent's name of a partition, which no rule reads
    PATH=$PWD/bin:$PATH sh ./script 254 0 "$1" | grep -v ^DM_MPATH= | sort
}

@test "claim of a map says what kpartx_id says" {
    tried=0
    for kpartx_id in "$incumbents"/incumbent-*/usr/lib/udev/kpartx_id; do
        [ -e "$kpartx_id" ] || continue
        tried=$((tried + 1))
        mkdir -p bin
        # shellcheck disable=SC2016 # for the script
        printf '#!/bin/sh\n[ "$1" != deps ] || echo "2 dependencies  : (8, 0) (65, 16)"\n' > bin/dmsetup
        chmod +x bin/dmsetup
        sed "s,/sbin/dmsetup,$PWD/bin/dmsetup," "$kpartx_id" > script
        for uuid in mpath-360060e8012345678 part1-mpath-360060e8012345678 part12-mpath-20025385b71b01c2d mpath-2abc \
            mpath-1LIO-ORG_disk_0 part3-mpath-0QEMU_QEMU_HARDDISK_1 mpath-SNetApp_LUN_x mpath-eui.0025385b71b01c2d \
            mpath-uuid.ce0f1f3c-6f39-4a45-8d0c-1f2e3d4c5b6a mpath-nvme.1af4-3132-51-00000001 mpath-8abc; do
            diff <(theirs "$uuid") <(ours "$uuid")
        done
    done
    [ "$tried" -gt 0 ] || skip "no multipath-tools here: tests/incumbent 0.9 fetches them"
}

@test "claim of another dm device, and with the switch off, is silent" {
    [ "$(ours LVM-abc)" = '' ]
    printf 'rdmpath machine 1\n[sysfs]\nblock/dm-0/dm/uuid = mpath-3600a\n' > off
    [ "$("$rdmpath" claim --snapshot off dm-0)" = '' ]
}
