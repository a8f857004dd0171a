// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "path/path.h"

namespace rdm {

/// Paths of one map that the kernel uses together. `members`: indices into Map::paths, in path order.
struct PriorityGroup {
    std::vector<std::size_t> members;
    int priority = 0;  ///< integer mean over usable members, 0 if there is none (decisions.md 8)
    bool operator==(const PriorityGroup&) const = default;
};

/// A map as it should be: a value, decided from paths alone.
struct Map {
    std::string wwid;
    std::string name;
    std::uint64_t sectors = 0;
    bool read_only = false;
    std::string features = "0";
    std::string handler = "0";  ///< "0" or "1 alua"
    std::string selector = "service-time 0";
    std::vector<Path> paths;            ///< sorted by sys_path; one of another WWID is down: it should leave the map
    std::vector<PriorityGroup> groups;  ///< best first
    std::string grouping;               ///< why these groups: "group_by_prio: all paths have ALUA priorities"
    bool operator==(const Map&) const = default;
};

/// Paths that stay out of every map, and why.
struct Refused {
    std::string subject;  ///< a path's name or a WWID
    std::string reason;   ///< "one path only", "size 1024 differs from 2048 of sdb", …
    bool operator==(const Refused&) const = default;
};

struct Coalesced {
    std::vector<Map> maps;  ///< sorted by WWID; grouped, named, ready for table()
    std::vector<Refused> refused;
    bool operator==(const Coalesced&) const = default;
};

}  // namespace rdm
