// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/live.h"

#include <algorithm>

#include "base/sort.h"
#include "map/group.h"
#include "map/name.h"

namespace rdm {

namespace {

void read_target(LiveMap& live) {
    if (live.dm->table.size() != 1 || live.dm->table[0].type != "multipath") return;
    if (auto table = parse_multipath(live.dm->table[0].params))
        live.queueing = std::ranges::find(table->features, "queue_if_no_path") != table->features.end();
    auto status = parse_status(live.dm->status);
    if (!status) return;
    for (auto& group : status->groups)
        for (auto& path : group.paths) live.paths[path.dev] = {.active = path.active, .group = group.state};
}

}  // namespace

const LivePath* LiveMap::path(DevNo dev) const {
    auto found = paths.find(dev);
    return found == paths.end() ? nullptr : &found->second;
}

std::map<DevNo, Membership> memberships(const World& world) {
    std::map<DevNo, Membership> all;
    for (auto& map : world.decided.maps) {
        for (auto& path : map.paths) all[path.dev] = {.map = &map};
        for (std::size_t i = 0; i < map.groups.size(); ++i)
            for (auto member : map.groups[i].members) all[map.paths[member].dev].group = i + 1;
    }
    return all;
}

std::map<std::string, LiveMap, std::less<>> live_maps(const World& world) {
    std::map<std::string, LiveMap, std::less<>> live;
    for (auto& dm : world.present) {
        auto wwid = wwid_of_map(dm.uuid);
        if (!wwid) continue;
        auto& one = live[std::string(*wwid)];
        one.dm = &dm;
        read_target(one);
    }
    for (auto& dm : world.present) {
        auto partition = partition_of(dm.uuid);
        if (!partition) continue;
        auto wwid = wwid_of_map(partition->parent);
        auto parent = wwid ? live.find(*wwid) : live.end();
        if (parent != live.end()) parent->second.parts.push_back({.number = partition->number, .dm = &dm});
    }
    for (auto& [wwid, one] : live) sort_by(one.parts, {}, &LivePartition::number);
    return live;
}

bool works(const Path& path, const LiveMap& live) {
    if (!live.dm) return is_usable(path);
    auto* in_kernel = live.path(path.dev);
    return in_kernel && in_kernel->active && path.state != PathState::down;
}

std::size_t working_paths(const Map& map, const LiveMap& live) {
    return static_cast<std::size_t>(
        std::ranges::count_if(map.paths, [&](const Path& path) { return works(path, live); }));
}

MapState map_state(const Map& map, const LiveMap& live) {
    if (!live.dm) return MapState::not_assembled;
    if (live.dm->suspended) return MapState::suspended;
    if (working_paths(map, live) > 0) return MapState::usable;
    return live.queueing ? MapState::queueing : MapState::no_usable_path;
}

std::string_view text(MapState state) {
    switch (state) {
        case MapState::not_assembled:
            return "not assembled";
        case MapState::suspended:
            return "suspended";
        case MapState::usable:
            return "usable";
        case MapState::queueing:
            return "queueing";
        case MapState::no_usable_path:
            return "no usable path";
    }
    return "";
}

std::string_view text(GroupState state) {
    switch (state) {
        case GroupState::active:
            return "active";
        case GroupState::enabled:
            return "ready";
        case GroupState::disabled:
            return "disabled";
    }
    return "";
}

std::optional<GroupState> kernel_group(const Map& map, const PriorityGroup& group, const LiveMap& live) {
    for (auto member : group.members)
        if (auto* path = live.path(map.paths[member].dev)) return path->group;
    return std::nullopt;
}

std::string_view kernel_differs(const Path& path, const LiveMap& live) {
    if (!live.dm) return "";
    auto* in_kernel = live.path(path.dev);
    if (!in_kernel) return is_usable(path) ? "not in the map" : "";
    if (in_kernel->active == is_usable(path)) return "";
    return in_kernel->active ? "active" : "failed";
}

}  // namespace rdm
