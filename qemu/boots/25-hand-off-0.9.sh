# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=dash
# through switch_root to the multipathd 0.9.4 of Debian 12, which takes over
generation=0.9
if [ -e /hand-off.sh ]; then
    # shellcheck source=qemu/hand-off.sh
    . /hand-off.sh
else
    # shellcheck source=qemu/hand-off.sh
    . "$here/hand-off.sh"
fi
