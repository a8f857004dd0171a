# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=dash
# names that libdevmapper stores mangled, and a foreign one that it would not have stored: both stand in the list

map=1Linux_scsi_debug_2000
id=naa.33333330000007d0

guest() {
    modprobe scsi_debug add_host=2 vpd_use_hostno=0 dev_size_mb=8
    wait_for 10 has_disks 2 $id
    holds dmsetup create 'a (1)' --notable --uuid mpath-3600
    holds dmsetup create --manglename none 'a odd(name)' --notable
    holds rdmpath assemble
    holds dmsetup remove --manglename none 'a odd(name)'
    expect maps "$(maps)" "$map"
    rdmpath flush > /run/flushed || fail 'rdmpath flush'
    expect 'what was removed' "$(sort /run/flushed)" "$(printf '%s: removed\n' "$map" 'a (1)' | sort)"
    expect 'what is left' "$(dmsetup ls)" 'No devices found'
}
