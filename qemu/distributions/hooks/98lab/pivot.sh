#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
[ ! -x /lab/pivot ] || /lab/pivot "${NEWROOT:-/sysroot}"
