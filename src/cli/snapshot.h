// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include "boot/world.h"
#include "kernel/files.h"

namespace rdm {

/// Reads every file that decisions on these disks may be made of, for those whose `files` remembers them: the kernel's
/// command line, multipath.conf and what belongs to it, the WWIDs and names that multipath-tools keeps, what is
/// mounted, and what udev knows of the disks and their maps. Those that are not there are passed over. Source:
/// decisions.md 2.1, 5.1 and 10; systemd, src/libsystemd/sd-device (names of udev's files).
void read_deciding_files(const Files& files, const World& world);

}  // namespace rdm
