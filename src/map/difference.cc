// SPDX-License-Identifier: GPL-2.0-or-later
#include "map/difference.h"

#include "map/features.h"
#include "map/group.h"
#include "map/members.h"

namespace rdm {

namespace {

/// What the kernel prints of features, whatever it was given (drivers/md/dm-mpath.c, multipath_status()): of an option
/// its last value, no order, nothing of request mode or no retries. Without the two that are never a difference.
std::string printed(const auto& features) {
    std::string text;
    for (std::string_view option : {"pg_init_retries", "pg_init_delay_msecs", "queue_mode"}) {
        std::string_view value;
        for (std::size_t n = 0; n + 1 < features.size(); ++n)
            if (features[n] == option) value = features[n + 1];
        while (value.size() > 1 && value.starts_with('0')) value.remove_prefix(1);
        bool silent = value == "rq" || value == "mq" || (value == "0" && option == "pg_init_retries");
        text += cat(silent ? "" : value, ' ');
    }
    return text;
}

bool features_differ(const Map& wanted, const MultipathTable& now) {
    return printed(words(wanted.features)) != printed(now.features);
}

/// By name: the kernel prints of no selector which arguments it was made with.
bool selector_differs(const Map& wanted, const MultipathTable& now) {
    auto ours = words(wanted.selector);  // name, count, arguments
    for (const auto& group : now.groups)
        if (ours.empty() || group.selector != ours[0]) return true;
    return false;
}

/// Kernels from 4.9 on make 1 of whatever they are given, for most selectors: that is never a difference.
bool repeat_count_differs(const Map& wanted, const MultipathTable& now) {
    if (wanted.weighted || now.groups.empty() || now.groups.back().paths.empty()) return false;
    const auto& args = now.groups.back().paths.back().args;
    return !args.empty() && args.front() != "1" && args.front() != cat(wanted.repeat_count);
}

/// As sets, without order. No device is in a table twice.
bool groups_differ(const Map& wanted, const MultipathTable& now) {
    if (wanted.groups.size() != now.groups.size()) return true;
    const auto index = index_of(wanted);
    const auto numbers = group_numbers(wanted);
    for (const auto& group : now.groups) {
        const PriorityGroup* ours = nullptr;
        for (const auto& path : group.paths) {
            auto found = index.find(path.dev);
            if (found == index.end()) return true;
            const auto& here = wanted.groups[numbers[found->second]];
            if (here.members.size() != group.paths.size() || (ours && ours != &here)) return true;
            ours = &here;
        }
        if (!ours) return true;
    }
    return false;
}

/// Our paths in the kernel's groups, in the kernel's order.
std::vector<PriorityGroup> kernel_groups(const Map& wanted, const DevIndex& index, const MultipathTable& now) {
    std::vector<PriorityGroup> groups;
    for (const auto& group : now.groups) {
        auto& mine = groups.emplace_back();
        for (const auto& path : group.paths)
            if (auto found = index.find(path.dev); found != index.end()) mine.members.push_back(found->second);
        mine.priority = group_priority(wanted, mine.members);
    }
    return groups;
}

bool is_unsettled(const Map& map, const PriorityGroup& group) {
    for (auto member : group.members)
        if (map.paths[member].state != PathState::down && !is_settled(map.paths[member])) return true;
    return false;
}

/// The group to switch to: better by priority than the one in use, or that one has no usable path. Equal groups stay.
std::size_t group_to_switch_to(const Map& map, const std::vector<PriorityGroup>& groups, std::size_t used) {
    auto best = best_group(map, groups);
    if (used == 0 || best == 0 || best == used || used > groups.size()) return 0;
    const auto& here = groups[used - 1];
    const auto& there = groups[best - 1];
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
    if (groups_differ(wanted, now)) found.push_back("priority groups");
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
    const bool queues = has_word(now.features, "queue_if_no_path");
    if (Features(wanted.features).remove("queue_if_no_path") != queues)
        found.emplace_back(queues ? "fail_if_no_path" : "queue_if_no_path");
    if (auto group = group_to_switch_to(wanted, kernel_groups(wanted, index, now), now.next_group); group != 0)
        found.push_back(cat("switch_group ", group));
    return found;
}

std::vector<std::string> fail_messages(const Map& wanted, const MultipathStatus* before) {
    std::vector<std::string> found;
    auto add = [&](DevNo dev) { found.push_back(cat("fail_path ", text(dev))); };
    for (const Path& path : wanted.paths)
        if (path.state == PathState::down) add(path.dev);
    if (!before) return found;
    const auto index = index_of(wanted);
    for (const auto& group : before->groups)
        for (const auto& path : group.paths) {
            auto mine = index.find(path.dev);
            if (mine == index.end() || path.active) continue;
            if (wanted.paths[mine->second].state == PathState::pending) add(path.dev);
        }
    return found;
}

}  // namespace rdm
