// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/devno.h"
#include "base/result.h"
#include "map/map.h"

namespace rdm {

/// A map's multipath target as text, all of Map::groups, the best group named as the first to use:
/// "0 1 alua 1 1 service-time 0 2 1 8:0 1 8:16 1".
/// Source: decisions.md 9; Documentation/admin-guide/device-mapper/dm-multipath and drivers/md/dm-mpath.c.
[[nodiscard]] std::string params(const Map& map);

/// active: I/O goes here now. enabled: may be used. disabled: bypassed.
enum class GroupState { active, enabled, disabled };

/// A multipath target as the kernel prints it. Words the kernel does not bound are kept as they are.
struct TablePath {
    DevNo dev;
    std::vector<std::string> args;  ///< the selector's, per path: repeat count, relative throughput
    bool active = false;            ///< status only. A; false: F, failed
    std::size_t failures = 0;       ///< status only
};
struct TableGroup {
    std::string selector;                    ///< table only: "service-time"
    GroupState state = GroupState::enabled;  ///< status only
    std::vector<std::string> selector_args;  ///< of the whole group
    std::vector<TablePath> paths;
};
struct MultipathTable {
    std::vector<std::string> features;  ///< words: {"queue_if_no_path", "pg_init_retries", "50"}
    std::vector<std::string> handler;   ///< words: {"alua"}; empty: none
    std::size_t next_group = 0;         ///< which group is used (next), counted from 1; 0 without groups
    std::vector<TableGroup> groups;
};

/// EPROTO: not what a kernel prints ("group 2: path 1: \"x\" is no device number").
Result<MultipathTable> parse_multipath(std::string_view params);

/// What `dmsetup status` says of a multipath target, after its type.
struct MultipathStatus {
    bool queue_io = false;  ///< I/O waits for a path group's initialisation; says nothing about queue_if_no_path
    std::size_t pg_init_count = 0;
    std::size_t next_group = 0;
    std::vector<TableGroup> groups;
};

/// EPROTO: not what a kernel prints. Source: drivers/md/dm-mpath.c multipath_status(), STATUSTYPE_INFO.
Result<MultipathStatus> parse_status(std::string_view status);

/// The word is among them: features, names.
[[nodiscard]] bool has_word(const std::vector<std::string>& words, std::string_view word);

/// The status says of a path that it is active; an odd one says nothing.
[[nodiscard]] bool has_active_path(std::string_view status);

}  // namespace rdm
