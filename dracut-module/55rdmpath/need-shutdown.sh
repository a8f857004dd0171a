#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Maps are let go in the image again, when nothing stands on them any more.
[ ! -e /run/rdmpath/on ] || need_shutdown
