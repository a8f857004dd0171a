// SPDX-License-Identifier: GPL-2.0-or-later
#include "map/members.h"

#include <algorithm>

#include "map/group.h"

namespace rdm {

DevIndex index_of(const Map& map) {
    DevIndex index;
    for (std::size_t n = 0; n < map.paths.size(); ++n) index.emplace(map.paths[n].dev, n);
    return index;
}

bool may_join(const Path& path) {
    if (is_usable(path)) return true;
    return path.state == PathState::down && (path.kernel_state == "running" || path.kernel_state == "live");
}

bool is_settled(const Path& path) {
    return path.priority >= 0 && path.state != PathState::pending && path.access != Access::transitioning;
}

Map with_members(const Map& map, const std::vector<bool>& chosen) {
    Map part{static_cast<const MapValues&>(map), {}, {}, {}, {}};
    part.read_only = false;
    const auto all = group_numbers(map);
    std::vector<std::size_t> numbers;
    for (std::size_t n = 0; n < map.paths.size(); ++n) {
        if (!chosen[n]) continue;
        part.paths.push_back(map.paths[n]);
        part.read_only |= map.paths[n].read_only;
        numbers.push_back(all[n]);
    }
    set_groups(part, numbers);
    return part;
}

void keep_unsettled(Map& map, const MultipathTable& now) {
    const bool known = std::ranges::any_of(map.paths, is_settled);
    // Most policies ask for no answer; but with nothing known, that there is none to ask for is not known either.
    if (known && map.policy != GroupPolicy::by_prio && map.policy != GroupPolicy::by_port_group) return;
    const auto index = index_of(map);
    auto numbers = group_numbers(map);
    auto fresh = map.groups.size();
    for (const auto& group : now.groups) {
        // The kernel's group as it is: beside its settled members where they are together now, otherwise alone.
        auto home = fresh;
        std::vector<std::size_t> strays;
        for (const auto& path : group.paths) {
            auto found = index.find(path.dev);
            if (found == index.end()) continue;
            if (!is_settled(map.paths[found->second]))
                strays.push_back(found->second);
            else if (home == fresh)
                home = numbers[found->second];
        }
        for (auto stray : strays) numbers[stray] = home;
        ++fresh;
    }
    set_groups(map, numbers);
}

}  // namespace rdm
