# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=dash
# through switch_root to the multipathd 0.11.1 of Debian 13, which takes over
generation=0.11
if [ -e /hand-off.sh ]; then
    # shellcheck source=qemu/hand-off.sh
    . /hand-off.sh
else
    # shellcheck source=qemu/hand-off.sh
    . "$here/hand-off.sh"
fi
