// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include "boot/doors.h"
#include "boot/world.h"

namespace rdm {

/// Asks everything that the verbs may ask beyond what a look at this world asked already, for doors that remember the
/// answers: the files that multipath-tools keeps, what is mounted, what udev knows of the disks and their maps, and who
/// holds or uses a disk (claim). Disks are opened (O_EXCL) only where that decides a claim. What is not there is passed
/// over. Source: decisions.md 2.1, 5.1, 5.2 and 10; systemd, src/libsystemd/sd-device (names of udev's files).
void read_all_that_decides(const Doors& doors, const World& world);

}  // namespace rdm
