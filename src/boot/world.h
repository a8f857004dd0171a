// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <vector>

#include "config/rules.h"
#include "kernel/dm.h"
#include "map/map.h"
#include "path/path.h"

namespace rdm {

/// Everything known at one moment: what was probed, what was decided, what device-mapper has. The verbs that only look
/// (list, plan, explain) are functions of this value.
struct World {
    std::vector<Path> paths;  ///< every disk looked at, sorted by sys_path, those without a WWID too
    Coalesced decided;
    std::vector<DmMap> present;    ///< ours and their partitions
    const Rules* rules = nullptr;  ///< by which it was decided, for those who explain; lent
};

}  // namespace rdm
