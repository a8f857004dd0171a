// SPDX-License-Identifier: GPL-2.0-or-later
#include "map/difference.h"

#include <algorithm>
#include <map>
#include <utility>

#include "base/sort.h"
#include "map/group.h"
#include "map/members.h"

namespace rdm {

namespace {

using Index = std::map<DevNo, std::size_t>;
using GroupSets = std::vector<std::vector<DevNo>>;

Index index_of(const Map& map) {
    Index index;
    for (std::size_t n = 0; n < map.paths.size(); ++n) index.emplace(map.paths[n].dev, n);
    return index;
}

bool has(const auto& words, std::string_view word) { return std::ranges::find(words, word) != words.end(); }

/// Without the two that are never a difference.
std::vector<std::string_view> compared_features(const auto& features) {
    std::vector<std::string_view> kept;
    for (std::string_view word : features)
        if (word != "queue_if_no_path" && word != "retain_attached_hw_handler") kept.push_back(word);
    return kept;
}

bool features_differ(const Map& wanted, const MultipathTable& now) {
    auto ours = words(wanted.features);
    if (!ours.empty()) ours.erase(ours.begin());  // the count
    return compared_features(ours) != compared_features(now.features);
}

bool selector_differs(const Map& wanted, const MultipathTable& now) {
    auto ours = words(wanted.selector);  // name, count, arguments
    return std::ranges::any_of(now.groups, [&](const TableGroup& group) {
        return ours.empty() || group.selector != ours[0] || group.selector_args.size() + 2 != ours.size();
    });
}

/// Kernels from 4.9 on make 1 of whatever they are given, for most selectors: that is never a difference.
bool repeat_count_differs(const Map& wanted, const MultipathTable& now) {
    if (wanted.weighted || now.groups.empty() || now.groups.back().paths.empty()) return false;
    const auto& args = now.groups.back().paths.back().args;
    return !args.empty() && args.front() != "1" && args.front() != cat(wanted.repeat_count);
}

GroupSets sorted(GroupSets sets) {
    for (auto& set : sets) sort_by(set);
    sort_by(sets);
    return sets;
}

GroupSets group_sets(const Map& map) {
    GroupSets sets;
    for (const auto& group : map.groups) {
        auto& set = sets.emplace_back();
        for (auto member : group.members) set.push_back(map.paths[member].dev);
    }
    return sorted(std::move(sets));
}

GroupSets group_sets(const MultipathTable& table) {
    GroupSets sets;
    for (const auto& group : table.groups) {
        auto& set = sets.emplace_back();
        for (const auto& path : group.paths) set.push_back(path.dev);
    }
    return sorted(std::move(sets));
}

/// The wanted map with the kernel's groups in the kernel's order.
Map as_kernel_has_it(const Map& wanted, const MultipathTable& now) {
    Map map = wanted;
    map.groups.clear();
    auto index = index_of(wanted);
    for (const auto& group : now.groups) {
        auto& mine = map.groups.emplace_back();
        for (const auto& path : group.paths)
            if (auto found = index.find(path.dev); found != index.end()) mine.members.push_back(found->second);
        mine.priority = group_priority(map, mine.members);
    }
    return map;
}

bool is_unsettled(const Map& map, const PriorityGroup& group) {
    return std::ranges::any_of(group.members, [&](std::size_t member) {
        const Path& path = map.paths[member];
        return path.state != PathState::down && !is_settled(path);
    });
}

/// The group to switch to: better by priority than the one in use, or that one has no usable path. Equal groups stay.
std::size_t group_to_switch_to(const Map& map, std::size_t used) {
    auto best = best_group(map);
    if (used == 0 || best == 0 || best == used || used > map.groups.size()) return 0;
    const auto& here = map.groups[used - 1];
    const auto& there = map.groups[best - 1];
    if (usable_members(map, there.members) == 0 || is_unsettled(map, here) || is_unsettled(map, there)) return 0;
    bool better = usable_members(map, here.members) == 0 || there.priority > here.priority;
    return better ? best : 0;
}

}  // namespace

std::vector<std::string> differences(const Map& wanted, const MultipathTable& now) {
    std::vector<std::string> found;
    if (now.handler.empty() && wanted.handler != "0") found.push_back("hardware handler");
    if (features_differ(wanted, now)) found.push_back("features");
    if (selector_differs(wanted, now)) found.push_back("path selector");
    if (repeat_count_differs(wanted, now)) found.push_back("repeat count");
    if (group_sets(wanted) != group_sets(now)) found.push_back("priority groups");
    return found;
}

std::vector<std::string> messages(const Map& wanted, const MultipathTable& now, const MultipathStatus& status) {
    std::vector<std::string> found;
    auto index = index_of(wanted);
    for (const auto& group : status.groups) {
        for (const auto& path : group.paths) {
            auto mine = index.find(path.dev);
            if (mine == index.end()) continue;
            const Path& ours = wanted.paths[mine->second];
            if (path.active && ours.state == PathState::down) found.push_back(cat("fail_path ", text(path.dev)));
            if (!path.active && is_usable(ours)) found.push_back(cat("reinstate_path ", text(path.dev)));
        }
    }
    const bool queues = has(now.features, "queue_if_no_path");
    if (has(words(wanted.features), "queue_if_no_path") != queues)
        found.emplace_back(queues ? "fail_if_no_path" : "queue_if_no_path");
    if (auto group = group_to_switch_to(as_kernel_has_it(wanted, now), now.next_group); group != 0)
        found.push_back(cat("switch_group ", group));
    return found;
}

std::vector<std::string> fail_messages(const Map& wanted, const MultipathStatus* before) {
    auto index = index_of(wanted);
    std::vector<std::string> found;
    auto add = [&](DevNo dev, PathState state) {
        auto mine = index.find(dev);
        if (mine != index.end() && wanted.paths[mine->second].state == state)
            found.push_back(cat("fail_path ", text(dev)));
    };
    for (const Path& path : wanted.paths) add(path.dev, PathState::down);
    if (before)
        for (const auto& group : before->groups)
            for (const auto& path : group.paths)
                if (!path.active) add(path.dev, PathState::pending);
    return found;
}

}  // namespace rdm
