// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <vector>

#include "boot/doors.h"
#include "map/map.h"

namespace rdm {

/// What `flush` achieved.
struct Flushed {
    std::vector<std::string> removed;  ///< names, in the order of removal
    std::vector<Refused> left;         ///< maps that are still there, and why
    bool kernel_refused = false;       ///< one of them although nobody held it
};

/// Stops queueing where nobody uses the map or no path of it is active, and removes partitions and maps; what is open
/// stays, and is in `left`. Of the paths whose maps' partitions are gone the kernel's come back. Never hangs: the work
/// is done by a worker process with a deadline. An error: device-mapper could not be asked at all.
Result<Flushed> flush(const Doors& doors);

}  // namespace rdm
