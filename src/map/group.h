// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <cstddef>

#include "config/lookup.h"
#include "map/map.h"

namespace rdm {

struct PolicyChoice {
    GroupPolicy policy = GroupPolicy::failover;
    std::string why;  ///< "group_by_prio: all paths have ALUA priorities"; "multibus: /etc/multipath.conf:7"
};

/// From 0.11 on, detect_pgpolicy groups by priority (or by port group) whatever is configured, if every path that was
/// ever given a priority has an ALUA one; otherwise path_grouping_policy counts. Source: decisions.md 2.4,
/// libmultipath/propsel.c select_pgpolicy().
[[nodiscard]] PolicyChoice choose_policy(const Config& config, const Scope& scope, const std::vector<Path>& paths);

/// Groups over all of map.paths by Map::policy, best first.
void group(Map& map);

/// Members' priority: the integer mean over usable paths (up, ghost); those without a known priority are left out. 0 if
/// no member is usable, -1 if no usable one has a known priority. In 0.9 an unknown one counts as -1.
[[nodiscard]] int group_priority(const Map& map, const std::vector<std::size_t>& members);

/// up or ghost.
[[nodiscard]] bool is_usable(const Path& path);

/// Members that take or could take I/O.
[[nodiscard]] std::size_t usable_members(const Map& map, const std::vector<std::size_t>& members);

/// Makes the groups anew: `numbers` has the group of each path, numbers without a path fall out. Then as sort_groups().
void set_groups(Map& map, const std::vector<std::size_t>& numbers);

/// The group of each path, as set_groups() takes it.
[[nodiscard]] std::vector<std::size_t> group_numbers(const Map& map);

/// Sets every group's priority and sorts: higher priority first, then more usable paths, otherwise as they were.
void sort_groups(Map& map);

/// The number (from 1) of the first group with a usable path that has the highest priority and then most usable paths;
/// 1 if no path is usable, 0 without groups.
[[nodiscard]] std::size_t best_group(const Map& map, const std::vector<PriorityGroup>& groups);
[[nodiscard]] inline std::size_t best_group(const Map& map) { return best_group(map, map.groups); }

}  // namespace rdm
