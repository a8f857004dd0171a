# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=dash
# beside multipath-tools 0.9.4 of Debian 12
generation=0.9
if [ -e /side-by-side ]; then
    # shellcheck source=qemu/side-by-side/guest.sh
    . /side-by-side/guest.sh
    # shellcheck source=qemu/side-by-side/topologies.sh
    . /side-by-side/topologies.sh
else
    # shellcheck source=qemu/side-by-side/host.sh
    . "$here/side-by-side/host.sh"
fi

guest() { enter_host; }

inside() { side_by_side virtio plain nvme tcp iscsi alua names arrays; }
