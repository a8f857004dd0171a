// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "config/generation.h"
#include "path/path.h"

namespace rdm {

/// How paths are put into priority groups. Source: decisions.md 8, libmultipath/pgpolicies.c.
enum class GroupPolicy : std::uint8_t {
    failover,       ///< one group per path
    multibus,       ///< one group
    by_serial,      ///< one group per serial number (VPD 80h)
    by_prio,        ///< one group per priority; paths without a known one share a group
    by_node_name,   ///< one group per target
    by_port_group,  ///< one group per target port group (group_by_tpg)
};

/// Paths of one map that the kernel uses together. `members`: indices into Map::paths, in path order.
struct PriorityGroup {
    using __trivially_relocatable = PriorityGroup;
    std::vector<std::size_t> members;
    int priority = 0;  ///< integer mean over usable members, 0 if there is none (decisions.md 8)
    bool operator==(const PriorityGroup&) const = default;
};

/// One decision, and who made it: "queueing", "off", "no_path_retry fail: /etc/multipath.conf:14". Safe to print.
struct Reason {
    using __trivially_relocatable = Reason;
    std::string subject;
    std::string value;
    std::string why;
    bool operator==(const Reason&) const = default;
};

/// What is decided for a map as a whole.
struct MapValues {
    std::string wwid;
    std::string name;
    std::uint64_t sectors = 0;
    bool read_only = false;
    std::string features = "0";
    std::string handler = "0";  ///< "0" or "1 alua"
    std::string selector = "service-time 0";
    unsigned repeat_count = 1;     ///< rr_min_io_rq: requests to a path before the selector looks again
    bool weighted = false;         ///< rr_weight priorities: a path's repeat count is multiplied by its priority
    unsigned retries = 0;          ///< no_path_retry as a number: polling intervals until queueing ends; 0: none
    bool skip_partitions = false;  ///< skip_kpartx: no partition maps
    GroupPolicy policy = GroupPolicy::failover;
    Generation generation = Generation::v0_14;  ///< whose way of counting priorities
    std::string grouping;                       ///< why these groups: "group_by_prio: all paths have ALUA priorities"
    bool operator==(const MapValues&) const = default;
};

/// A map as it should be: a value, decided from paths, rules and what is there already.
struct Map : MapValues {
    std::vector<Path> paths;            ///< sorted by sys_path; one of another WWID is down: it should leave the map
    std::vector<PriorityGroup> groups;  ///< best first
    std::vector<Reason> reasons;        ///< in the order in which a person would ask
    std::string unwanted;  ///< why the main system's multipathd will not have it, and what mends that; "": it will
    bool operator==(const Map&) const = default;
};

/// A line on what Map::unwanted says.
[[nodiscard]] std::string unwanted_line(const Map& map);

/// Something left out or left alone, and why: above all paths that stay out of every map.
struct Refused {
    using __trivially_relocatable = Refused;
    std::string subject;  ///< a path's name or a WWID
    std::string reason;   ///< "one path only; name it with …", "size 1024 differs from 2048 of sdb", …; safe to print
    bool usual = false;   ///< nothing is wrong: somebody decided so, or nobody asked for it
    bool operator==(const Refused&) const = default;
};

struct Coalesced {
    std::vector<Map> maps;  ///< sorted by WWID; grouped, named, ready for table()
    std::vector<Refused> refused;
    bool operator==(const Coalesced&) const = default;
};

}  // namespace rdm
