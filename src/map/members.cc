// SPDX-License-Identifier: GPL-2.0-or-later
#include "map/members.h"

#include <algorithm>
#include <map>
#include <optional>

#include "base/sort.h"
#include "map/group.h"

namespace rdm {

namespace {

using Index = std::map<DevNo, std::size_t>;

/// The first group that holds a path for which `with` is true.
template <class Condition>
std::optional<std::size_t> group_with(const std::vector<PriorityGroup>& groups, Condition with) {
    auto found = std::ranges::find_if(groups, [&](const auto& one) { return std::ranges::any_of(one.members, with); });
    if (found == groups.end()) return std::nullopt;
    return static_cast<std::size_t>(found - groups.begin());
}

void take_out(Map& map, const std::vector<bool>& out) {
    for (auto& group : map.groups) std::erase_if(group.members, [&](std::size_t member) { return out[member]; });
    std::erase_if(map.groups, [](const PriorityGroup& group) { return group.members.empty(); });
}

/// The kernel's group as it is: beside its settled members where they are together now, otherwise alone.
void put_back(Map& map, const std::vector<std::size_t>& strays, std::optional<std::size_t> settled_mate) {
    auto home = settled_mate ? group_with(map.groups, [&](std::size_t member) { return member == *settled_mate; })
                             : std::nullopt;
    if (!home) {
        home = map.groups.size();
        map.groups.emplace_back();
    }
    auto& members = map.groups[*home].members;
    members.insert(members.end(), strays.begin(), strays.end());
    sort_by(members);
}

}  // namespace

bool may_join(const Path& path) {
    if (is_usable(path)) return true;
    return path.state == PathState::down && (path.kernel_state == "running" || path.kernel_state == "live");
}

bool is_settled(const Path& path) {
    return path.priority >= 0 && path.state != PathState::pending && path.access != Access::transitioning;
}

Map with_members(const Map& map, const std::vector<bool>& chosen) {
    Map part{static_cast<const MapValues&>(map), {}, {}, {}};
    std::vector<std::size_t> place(map.paths.size());
    for (std::size_t n = 0; n < map.paths.size(); ++n) {
        place[n] = part.paths.size();
        if (chosen[n]) part.paths.push_back(map.paths[n]);
    }
    for (const auto& group : map.groups) {
        PriorityGroup kept;
        for (auto member : group.members)
            if (chosen[member]) kept.members.push_back(place[member]);
        if (!kept.members.empty()) part.groups.push_back(std::move(kept));
    }
    part.read_only = std::ranges::any_of(part.paths, &Path::read_only);
    sort_groups(part);
    return part;
}

void keep_unsettled(Map& map, const MultipathTable& now) {
    bool known = std::ranges::any_of(map.paths, is_settled);
    // Most policies ask for no answer; but with nothing known, that there is none to ask for is not known either.
    if (known && map.policy != GroupPolicy::by_prio && map.policy != GroupPolicy::by_port_group) return;
    Index index;
    for (std::size_t n = 0; n < map.paths.size(); ++n) index.emplace(map.paths[n].dev, n);
    std::vector<bool> out(map.paths.size());
    struct Stray {
        std::vector<std::size_t> members;
        std::optional<std::size_t> mate;
    };
    std::vector<Stray> strays;
    for (const auto& group : now.groups) {
        Stray stray;
        for (const auto& path : group.paths) {
            auto found = index.find(path.dev);
            if (found == index.end()) continue;
            if (is_settled(map.paths[found->second])) {
                if (!stray.mate) stray.mate = found->second;
            } else if (!out[found->second]) {
                out[found->second] = true;
                stray.members.push_back(found->second);
            }
        }
        if (!stray.members.empty()) strays.push_back(std::move(stray));
    }
    take_out(map, out);
    for (const auto& stray : strays) put_back(map, stray.members, stray.mate);
    sort_groups(map);
}

}  // namespace rdm
