// SPDX-License-Identifier: GPL-2.0-or-later
#include "map/group.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "base/sort.h"

namespace rdm {

namespace {

bool has_access_priority(const Path& path) {
    return path.prioritizer == Prioritizer::alua || path.prioritizer == Prioritizer::sysfs;
}

void one_group_per_path(Map& map) {
    for (std::size_t n = 0; n < map.paths.size(); ++n) map.groups.push_back({{n}, 0});
}

void one_group_per_priority(Map& map) {
    std::vector<std::pair<int, std::size_t>> known;  // priority, group; sorted: hostile arrays have many priorities
    for (std::size_t n = 0; n < map.paths.size(); ++n) {
        int priority = map.paths[n].priority;
        auto at = std::ranges::lower_bound(known, priority, {}, &std::pair<int, std::size_t>::first);
        if (at == known.end() || at->first != priority) {
            at = known.insert(at, {priority, map.groups.size()});
            map.groups.emplace_back();
        }
        map.groups[at->second].members.push_back(n);
    }
}

}  // namespace

PolicyChoice choose_policy(const std::vector<Path>& paths) {
    const Path* with = nullptr;
    for (const Path& path : paths) {
        if (path.prioritizer == Prioritizer::none) continue;
        if (!has_access_priority(path))
            return {GroupPolicy::failover, cat("failover: ", safe(path.name), " has no ALUA priority")};
        with = &path;
    }
    if (!with) return {GroupPolicy::failover, "failover: no path has a priority yet"};
    return {GroupPolicy::group_by_prio, "group_by_prio: all paths have ALUA priorities"};
}

void group(Map& map) {
    auto choice = choose_policy(map.paths);
    map.grouping = std::move(choice.why);
    map.groups.clear();
    switch (choice.policy) {
        case GroupPolicy::failover:
            one_group_per_path(map);
            break;
        case GroupPolicy::group_by_prio:
            one_group_per_priority(map);
            break;
    }
    sort_groups(map);
}

bool is_usable(const Path& path) { return path.state == PathState::up || path.state == PathState::ghost; }

std::size_t usable_members(const Map& map, const std::vector<std::size_t>& members) {
    return static_cast<std::size_t>(
        std::ranges::count_if(members, [&](std::size_t member) { return is_usable(map.paths[member]); }));
}

int group_priority(const Map& map, const std::vector<std::size_t>& members) {
    long long sum = 0;
    int known = 0;
    bool usable = false;
    for (auto member : members) {
        const Path& path = map.paths[member];
        if (!is_usable(path)) continue;
        usable = true;
        if (path.priority < 0) continue;
        sum += path.priority;
        ++known;
    }
    if (known > 0) return static_cast<int>(sum / known);
    return usable ? -1 : 0;
}

void sort_groups(Map& map) {
    for (auto& one : map.groups) one.priority = group_priority(map, one.members);
    // The first member settles the rest, which keeps the order of first appearance.
    sort_by(map.groups, {}, [&](const PriorityGroup& one) {
        auto usable = static_cast<long long>(usable_members(map, one.members));
        return std::tuple(-static_cast<long long>(one.priority), -usable, one.members.front());
    });
}

std::size_t best_group(const Map& map) {
    std::size_t best = 0;
    std::pair<int, std::size_t> value;
    for (std::size_t n = 0; n < map.groups.size(); ++n) {
        auto usable = usable_members(map, map.groups[n].members);
        if (usable == 0) continue;
        std::pair here{map.groups[n].priority, usable};
        if (best != 0 && here <= value) continue;
        best = n + 1;
        value = here;
    }
    return best != 0 ? best : map.groups.empty() ? 0 : 1;
}

}  // namespace rdm
