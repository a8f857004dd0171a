#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
rdmpath flush > /dev/null 2>&1 || :
