// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <cstddef>

#include "map/map.h"

namespace rdm {

/// How paths are put into priority groups. Source: decisions.md 8, multipath-tools 0.14.3 libmultipath/pgpolicies.c.
enum class GroupPolicy {
    failover,       ///< one group per path
    group_by_prio,  ///< one group per priority; paths without a known one share a group
};

struct PolicyChoice {
    GroupPolicy policy = GroupPolicy::failover;
    std::string why;  ///< "group_by_prio: all paths have ALUA priorities"
};

/// What multipath-tools 0.14.3 does without a configuration: detect_pgpolicy, else failover. Paths that were never
/// given a priority have no say. Source: decisions.md 2.4.
[[nodiscard]] PolicyChoice choose_policy(const std::vector<Path>& paths);

/// Groups over all of map.paths, best first, and Map::grouping.
void group(Map& map);

/// Members' priority: the integer mean over usable paths (up, ghost); those without a known priority are left out. 0 if
/// no member is usable, -1 if no usable one has a known priority.
[[nodiscard]] int group_priority(const Map& map, const std::vector<std::size_t>& members);

/// up or ghost.
[[nodiscard]] bool is_usable(const Path& path);

/// Members that take or could take I/O.
[[nodiscard]] std::size_t usable_members(const Map& map, const std::vector<std::size_t>& members);

/// Sets every group's priority and sorts: higher priority first, then more usable paths, otherwise as they were.
void sort_groups(Map& map);

/// The number (from 1) of the first group with a usable path that has the highest priority and then most usable paths;
/// 1 if no path is usable, 0 without groups.
[[nodiscard]] std::size_t best_group(const Map& map);

}  // namespace rdm
