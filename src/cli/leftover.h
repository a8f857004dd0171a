// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "boot/world.h"

namespace rdm {

/// A disk in no map, and why. `path` is lent from the World.
struct Leftover {
    const Path* path = nullptr;
    std::string reason;  ///< "one path only"; safe to print
    std::string remedy;  ///< "name it with rd.mpath.wwid=3600…"; empty if nobody knows one
};

/// All disks that no decided map has as a path, in the order of World::paths.
[[nodiscard]] std::vector<Leftover> leftovers(const World& world);

/// They as the end of a list: at most eight one by one, otherwise counts by reason. Empty if there are none.
[[nodiscard]] std::string leftover_lines(const World& world);

}  // namespace rdm
