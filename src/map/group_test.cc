// SPDX-License-Identifier: GPL-2.0-or-later
#include "map/group.h"

#include <gtest/gtest.h>

#include "map/test_paths.h"

namespace rdm {
namespace {

/// One path: priority (-1: none known), state, prioritizer.
struct Short {
    int priority;
    PathState state = PathState::up;
    Prioritizer by = Prioritizer::sysfs;
};

Map map_of(std::initializer_list<Short> shorts, Generation generation = Generation::v0_14) {
    Config config;
    Map map;
    map.generation = config.generation = generation;
    for (const auto& one : shorts) {
        auto path = test_path(static_cast<unsigned>(map.paths.size()), "a", one.priority);
        path.state = one.state;
        path.prioritizer = one.by;
        map.paths.push_back(std::move(path));
    }
    auto choice = choose_policy(config, {}, map.paths);
    map.policy = choice.policy;
    map.grouping = choice.why;
    group(map);
    return map;
}

/// "ac:50 b:10 best 1"
std::string spelled(const Map& map) {
    std::string text;
    for (const auto& group : map.groups) {
        for (auto member : group.members) text += map.paths[member].name.back();
        text += cat(':', group.priority, ' ');
    }
    return cat(text, "best ", best_group(map));
}

constexpr auto up = PathState::up;
constexpr auto ghost = PathState::ghost;
constexpr auto down = PathState::down;
constexpr auto pending = PathState::pending;
constexpr auto none = Prioritizer::none;
constexpr auto constant = Prioritizer::constant;
constexpr auto alua = Prioritizer::alua;

// Expectations: decisions.md 8 (libmultipath/pgpolicies.c and switchgroup.c of 0.14.3) and 2.4 (detect_pgpolicy).
TEST(MapGroup, CompiledDefaults) {
    struct {
        const char* name;
        Map map;
        std::string_view want;
    } rows[] = {
        {"ALUA, by priority, best first", map_of({{10}, {50}, {10}, {50}}), "bd:50 ac:10 best 1"},
        {"alua and sysfs are the same", map_of({{50, up, alua}, {50}}), "ab:50 best 1"},
        {"no ALUA: one each", map_of({{1, up, constant}, {1, up, constant}}), "a:1 b:1 best 1"},
        {"one of them without ALUA: one each", map_of({{50}, {1, up, constant}}), "a:50 b:1 best 1"},
        {"one not asked yet has no say", map_of({{50}, {-1, pending, none}, {50}}), "ac:50 b:0 best 1"},
        {"nobody asked yet: one each", map_of({{-1, up, none}, {-1, up, none}}), "a:-1 b:-1 best 1"},
        {"unknown priority: a group of its own", map_of({{-1, up}, {50}, {-1, up}}), "b:50 ac:-1 best 1"},
        {"no usable member counts 0", map_of({{50, down}, {10}}), "b:10 a:0 best 1"},
        {"a down path keeps its group", map_of({{50, down}, {50}, {10}}), "ab:50 c:10 best 1"},
        {"same priority: more usable paths first", map_of({{1, down, constant}, {1, up, constant}}), "b:1 a:0 best 1"},
        {"ghosts are usable", map_of({{1, ghost}, {50}}), "b:50 a:1 best 1"},
        {"only ghosts", map_of({{1, ghost}, {1, ghost}}), "ab:1 best 1"},
        {"nothing usable: 1", map_of({{50, down}, {10, down}}), "a:0 b:0 best 1"},
        {"unusable before unknown", map_of({{-1, up}, {50, down}}), "b:0 a:-1 best 2"},
        {"no paths", map_of({}), "best 0"},
    };
    for (const auto& row : rows) EXPECT_EQ(spelled(row.map), row.want) << row.name;
}

TEST(MapGroup, SaysWhy) {
    EXPECT_EQ(map_of({{50}, {10}}).grouping, "group_by_prio: all paths have ALUA priorities");
    EXPECT_EQ(map_of({{50}, {1, up, constant}}).grouping, "failover: sdb has no ALUA priority");
    EXPECT_EQ(map_of({{-1, pending, none}}).grouping, "failover: no path has a priority yet");
}

// Every policy, on paths made for it. Expectations: libmultipath/pgpolicies.c, and the cases of tests/pgpolicy.c.
TEST(MapGroup, EveryPolicy) {
    struct Row {
        GroupPolicy policy;
        std::string_view want;
    };
    for (const auto& [policy, want] : std::initializer_list<Row>{
             {GroupPolicy::failover, "a:50 d:50 e:30 b:10 c:10 best 1"},
             {GroupPolicy::multibus, "abcde:30 best 1"},
             {GroupPolicy::by_serial, "a:50 bd:30 ce:20 best 1"},
             {GroupPolicy::by_prio, "ad:50 e:30 bc:10 best 1"},
             {GroupPolicy::by_node_name, "ade:43 bc:10 best 1"},
             {GroupPolicy::by_port_group, "ad:50 bce:16 best 1"},
         }) {
        Map map = map_of({{50}, {10}, {10}, {50}, {30}});
        const std::string_view serials[] = {"2", "1", "0", "1", "0"};
        const std::string_view nodes[] = {"x", "y", "y", "x", "x"};
        for (std::size_t n = 0; n < map.paths.size(); ++n) {
            map.paths[n].serial = serials[n];
            map.paths[n].target_node = nodes[n];
            if (n % 3 == 0) map.paths[n].port_group = 7;
        }
        map.policy = policy;
        group(map);
        EXPECT_EQ(spelled(map), want);
    }
}

// 0.9 sums an undefined priority as -1 (libmultipath/switchgroup.c).
TEST(MapGroup, OldGenerationCountsUnknownPriorities) {
    Map map = map_of({{50}, {-1}, {11}}, Generation::v0_9);
    EXPECT_EQ(group_priority(map, {0, 1}), 24);
    EXPECT_EQ(group_priority(map, {0, 1, 2}), 20);
    EXPECT_EQ(group_priority(map, {1}), -1);
    EXPECT_EQ(map.grouping, "failover: default");
}

// decisions.md 8: the integer mean over up and ghost members, undefined ones left out.
TEST(MapGroup, PriorityIsTheMeanOfUsableMembers) {
    Map map = map_of({{50}, {11}, {10, ghost}, {130, down}, {-1, up}});
    EXPECT_EQ(group_priority(map, {0, 1}), 30);
    EXPECT_EQ(group_priority(map, {1, 2}), 10);
    EXPECT_EQ(group_priority(map, {0, 3}), 50);
    EXPECT_EQ(group_priority(map, {0, 4}), 50);
    EXPECT_EQ(group_priority(map, {4}), -1);
    EXPECT_EQ(group_priority(map, {3, 4}), -1);
    EXPECT_EQ(group_priority(map, {3}), 0);
    EXPECT_EQ(group_priority(map, {}), 0);
}

}  // namespace
}  // namespace rdm
