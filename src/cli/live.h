// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "boot/world.h"
#include "map/table.h"

namespace rdm {

/// A partition map; `dm` is lent from the World.
struct LivePartition {
    unsigned number = 0;
    const DmMap* dm = nullptr;
};

/// What the kernel says of one path of a map.
struct LivePath {
    bool active = false;  ///< false: failed
    GroupState group = GroupState::enabled;
};

/// What device-mapper has of one WWID, next to what was decided.
struct LiveMap {
    const DmMap* dm = nullptr;         ///< lent from the World; nullptr: there is no such map
    std::map<DevNo, LivePath> paths;   ///< empty too if the table is not one multipath target or the status is odd
    std::vector<LivePartition> parts;  ///< by number
    bool queueing = false;             ///< I/O waits when no path is left (queue_if_no_path)

    /// nullptr: the kernel does not have this path in the map.
    [[nodiscard]] const LivePath* path(DevNo dev) const;
};

/// Where a path was put; `map` is lent from the World.
struct Membership {
    const Map* map = nullptr;
    std::size_t group = 0;  ///< from 1; 0: in none
};

/// The paths of all decided maps.
[[nodiscard]] std::map<DevNo, Membership> memberships(const World& world);

/// All multipath maps of device-mapper by WWID. The World outlives the answer.
[[nodiscard]] std::map<std::string, LiveMap, std::less<>> live_maps(const World& world);

/// The path could take I/O (up, ghost); in a live map: the kernel has it active, and it is not known to be down.
[[nodiscard]] bool works(const Path& path, const LiveMap& live);

/// Paths of the map that work.
[[nodiscard]] std::size_t working_paths(const Map& map, const LiveMap& live);

/// "usable", "suspended", "queueing" (I/O waits for a path), "no usable path", "not assembled": one word for programs.
enum class MapState { not_assembled, suspended, usable, queueing, no_usable_path };
[[nodiscard]] MapState map_state(const Map& map, const LiveMap& live);
[[nodiscard]] std::string_view text(MapState state);

/// "active", "ready", "disabled": the words of lists for a group in the kernel.
[[nodiscard]] std::string_view text(GroupState state);

/// The state of the kernel's group that the first of our group's paths is in; nullopt: the kernel has none of them.
[[nodiscard]] std::optional<GroupState> kernel_group(const Map& map, const PriorityGroup& group, const LiveMap& live);

/// "failed" or "active" where the kernel sees a path in another way than we do, "not in the map" where it lacks one
/// that could take I/O; else empty. Without a map there is nothing to differ from.
[[nodiscard]] std::string_view kernel_differs(const Path& path, const LiveMap& live);

}  // namespace rdm
