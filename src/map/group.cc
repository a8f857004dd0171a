// SPDX-License-Identifier: GPL-2.0-or-later
#include "map/group.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "base/sort.h"

namespace rdm {

namespace {

struct PolicyName {
    std::string_view name;
    GroupPolicy policy;
};
constexpr PolicyName policy_names[] = {
    {"failover", GroupPolicy::failover},
    {"multibus", GroupPolicy::multibus},
    {"group_by_serial", GroupPolicy::by_serial},
    {"group_by_prio", GroupPolicy::by_prio},
    {"group_by_node_name", GroupPolicy::by_node_name},
    {"group_by_tpg", GroupPolicy::by_port_group},
};

/// Only how a value begins counts, in multipath-tools too.
const PolicyName& policy_named(std::string_view value) {
    for (const PolicyName& row : policy_names)
        if (value.starts_with(row.name)) return row;
    return policy_names[0];
}

/// "": all paths that have a prioritizer have an ALUA one, and there is one; otherwise why not.
std::string without_access_priorities(const std::vector<Path>& paths) {
    bool some = false;
    for (const Path& path : paths) {
        if (path.prioritizer == Prioritizer::none) continue;
        some = true;
        if (path.prioritizer != Prioritizer::alua && path.prioritizer != Prioritizer::sysfs)
            return cat(safe(path.name), " has no ALUA priority");
    }
    return some ? "" : "no path has a priority yet";
}

/// What paths of one group have in common, and which path it is: sorted, groups follow one another.
using Key = std::tuple<long long, std::string_view, std::size_t>;

Key key(GroupPolicy policy, const Path& path, std::size_t at) {
    switch (policy) {
        case GroupPolicy::failover:
            return {static_cast<long long>(at), {}, at};
        case GroupPolicy::multibus:
            return {0, {}, at};
        case GroupPolicy::by_serial:
            return {0, path.serial, at};
        case GroupPolicy::by_prio:
            return {path.priority, {}, at};
        case GroupPolicy::by_node_name:
            return {0, path.target_node, at};
        case GroupPolicy::by_port_group:
            break;
    }
    return {path.port_group ? *path.port_group : -1, {}, at};
}

}  // namespace

PolicyChoice choose_policy(const Config& config, const Scope& scope, const std::vector<Path>& paths) {
    const auto trouble = without_access_priorities(paths);
    const bool detects = choose(config, Keyword::detect_pgpolicy, scope).yes();
    if (detects && trouble.empty()) {
        auto by_port_group = choose(config, Keyword::detect_pgpolicy_use_tpg, scope);
        if (by_port_group.yes())
            return {GroupPolicy::by_port_group,
                    cat("group_by_tpg: ", text(config, Keyword::detect_pgpolicy_use_tpg, by_port_group))};
        return {GroupPolicy::by_prio, "group_by_prio: all paths have ALUA priorities"};
    }
    auto chosen = choose(config, Keyword::path_grouping_policy, scope);
    const auto& row = policy_named(chosen.value);
    if (row.policy == GroupPolicy::by_port_group && !trouble.empty())
        return {GroupPolicy::failover, cat("failover: not group_by_tpg, ", trouble)};
    if (!chosen.setting && detects) return {row.policy, cat(row.name, ": ", trouble)};
    return {row.policy, cat(row.name, ": ", chosen.setting ? text(config, chosen.setting->source) : "default")};
}

void group(Map& map) {
    std::vector<Key> keys;
    for (std::size_t n = 0; n < map.paths.size(); ++n) keys.push_back(key(map.policy, map.paths[n], n));
    sort_by(keys);
    std::vector<std::size_t> numbers(keys.size());
    for (std::size_t n = 1, number = 0; n < keys.size(); ++n) {
        const auto& [value, text, at] = keys[n];
        if (value != std::get<0>(keys[n - 1]) || text != std::get<1>(keys[n - 1])) ++number;
        numbers[at] = number;
    }
    set_groups(map, numbers);
}

void set_groups(Map& map, const std::vector<std::size_t>& numbers) {
    map.groups.clear();
    for (std::size_t n = 0; n < numbers.size(); ++n) {
        while (map.groups.size() <= numbers[n]) map.groups.emplace_back();
        map.groups[numbers[n]].members.push_back(n);
    }
    std::erase_if(map.groups, [](const PriorityGroup& one) { return one.members.empty(); });
    sort_groups(map);
}

std::vector<std::size_t> group_numbers(const Map& map) {
    std::vector<std::size_t> numbers(map.paths.size());
    for (std::size_t n = 0; n < map.groups.size(); ++n)
        for (auto member : map.groups[n].members) numbers[member] = n;
    return numbers;
}

bool is_usable(const Path& path) { return path.state == PathState::up || path.state == PathState::ghost; }

std::size_t usable_members(const Map& map, const std::vector<std::size_t>& members) {
    std::size_t usable = 0;
    for (auto member : members) usable += is_usable(map.paths[member]) ? 1 : 0;
    return usable;
}

int group_priority(const Map& map, const std::vector<std::size_t>& members) {
    long long sum = 0;
    int known = 0;
    bool usable = false;
    for (auto member : members) {
        const Path& path = map.paths[member];
        if (!is_usable(path)) continue;
        usable = true;
        if (path.priority < 0 && map.generation != Generation::v0_9) continue;
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

std::size_t best_group(const Map& map, const std::vector<PriorityGroup>& groups) {
    std::size_t best = groups.empty() ? 0 : 1;
    std::size_t most = 0;  // usable members of the best
    for (std::size_t n = 0; n < groups.size(); ++n) {
        auto usable = usable_members(map, groups[n].members);
        if (usable == 0) continue;
        const int lead = groups[n].priority - groups[best - 1].priority;
        if (most != 0 && (lead < 0 || (lead == 0 && usable <= most))) continue;
        best = n + 1;
        most = usable;
    }
    return best;
}

}  // namespace rdm
