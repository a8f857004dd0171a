# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash disable=SC2034
# What the disks are called: the same on every one of them.
wwn=0x5000c5000000a001 # a path's, for QEMU
wwid=35000c5000000a001
fs_uuid=6c0f1e2d-1111-4aaa-8bbb-000000000001
fs_label=distroot
disk_uuid=6c0f1e2d-2222-4aaa-8bbb-000000000002
part_uuid=6c0f1e2d-3333-4aaa-8bbb-000000000003
part_label=distpart
luks_uuid=6c0f1e2d-4444-4aaa-8bbb-000000000004
luks_key=a-key-of-32-bytes-for-the-tests..
volume=vg0-root # /dev/mapper/vg0-root
