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

/// A multipath target as the kernel prints it. Words the kernel does not bound are kept as they are.
struct TablePath {
    DevNo dev;
    std::vector<std::string> args;  ///< the selector's, per path: repeat count, relative throughput
    bool operator==(const TablePath&) const = default;
};
struct TableGroup {
    std::string selector;                    ///< "service-time"
    std::vector<std::string> selector_args;  ///< of the whole group
    std::vector<TablePath> paths;
    bool operator==(const TableGroup&) const = default;
};
struct MultipathTable {
    std::vector<std::string> features;  ///< words: {"queue_if_no_path", "pg_init_retries", "50"}
    std::vector<std::string> handler;   ///< words: {"alua"}; empty: none
    std::size_t next_group = 0;         ///< which group is used (next), counted from 1; 0 without groups
    std::vector<TableGroup> groups;
    bool operator==(const MultipathTable&) const = default;
};

/// EPROTO: not what a kernel prints ("group 2: path 1: \"x\" is no device number").
Result<MultipathTable> parse_multipath(std::string_view params);

struct StatusPath {
    DevNo dev;
    bool active = false;  ///< A; false: F, failed
    unsigned failures = 0;
    bool operator==(const StatusPath&) const = default;
};
/// active: I/O goes here now. enabled: may be used. disabled: bypassed.
enum class GroupState { active, enabled, disabled };
struct StatusGroup {
    GroupState state = GroupState::enabled;
    std::vector<StatusPath> paths;
    bool operator==(const StatusGroup&) const = default;
};
/// What `dmsetup status` says of a multipath target, after its type.
struct MultipathStatus {
    bool queue_io = false;  ///< I/O waits for a path group's initialisation; says nothing about queue_if_no_path
    unsigned pg_init_count = 0;
    std::size_t next_group = 0;
    std::vector<StatusGroup> groups;
    bool operator==(const MultipathStatus&) const = default;
};

/// EPROTO: not what a kernel prints. Source: drivers/md/dm-mpath.c multipath_status(), STATUSTYPE_INFO.
Result<MultipathStatus> parse_status(std::string_view status);

/// The status says of a path that it is active; an odd one says nothing.
[[nodiscard]] bool has_active_path(std::string_view status);

}  // namespace rdm
