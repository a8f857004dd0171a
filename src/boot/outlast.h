// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include "boot/doors.h"

namespace rdm {

/// Waits for the end of a system that sysvinit ends, and sees it to that: its scripts lie on root, and wait for ever,
/// or cannot go on, where root has no path any more. From then on I/O of a map that has had none for 5 s fails, beside
/// multipathd too, as it does when multipathd ends. Where that is root's, the system gets 40 s for what it has in
/// memory, and is then ended. Until a signal comes. An error is the loop's own. `doors.neighbours` is there.
Result<void> outlast(const Doors& doors);

}  // namespace rdm
