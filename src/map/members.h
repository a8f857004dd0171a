// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <map>
#include <vector>

#include "map/map.h"
#include "map/table.h"

namespace rdm {

/// Where something of a device is.
using DevIndex = std::map<DevNo, std::size_t>;

/// Each path's place in map.paths.
[[nodiscard]] DevIndex index_of(const Map& map);

/// The kernel takes a new table with this path in it: it is usable, or down but running. Source: lab.md, "Facts about
/// tables and stale paths".
[[nodiscard]] bool may_join(const Path& path);

/// A path that the present map holds although it leads to another disk now.
[[nodiscard]] inline bool is_foreign(const Path& path, const Map& map) { return path.wwid != map.wwid; }

/// Its priority is known and not about to change: it has answered and is not transitioning.
[[nodiscard]] bool is_settled(const Path& path);

/// The map with those of its paths only for which `chosen` (one entry per path) is true, in the groups they had.
[[nodiscard]] Map with_members(const Map& map, const std::vector<bool>& chosen);

/// Puts paths whose priority is not settled back into the groups that the kernel has them in, so that not knowing is
/// never a reason for a reload.
void keep_unsettled(Map& map, const MultipathTable& now);

}  // namespace rdm
