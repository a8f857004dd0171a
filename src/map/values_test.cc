// SPDX-License-Identifier: GPL-2.0-or-later
// Expectations: decisions.md 8 and 9; libmultipath/propsel.c and dmparser.c of 0.9.4 and 0.14.3.
#include "map/values.h"

#include <gtest/gtest.h>

#include "map/test_paths.h"
#include "map/test_rules.h"

namespace rdm {
namespace {

using enum Keyword;

Map decided(const Rules& rules, std::vector<Path> paths, const DmMap* present = nullptr) {
    Map map;
    map.wwid = "a";
    map.paths = std::move(paths);
    auto held = present ? held_maps({present, 1}) : HeldMaps{};
    decide_values(map, rules, present ? &held.at("a") : nullptr);
    return map;
}

std::vector<Path> alua() { return {test_path(0, "a"), test_path(1, "a")}; }
std::vector<Path> plain() { return {test_plain_path(0, "a"), test_plain_path(1, "a")}; }

std::string reason(const Map& map, std::string_view subject) {
    for (const auto& one : map.reasons)
        if (one.subject == subject) return cat(one.value, ": ", one.why);
    return "";
}

DmMap present_with(std::string_view features) {
    return test_map("a", cat(features, " 0 1 1 service-time 0 1 2 8:0 1 1"));
}

TEST(MapValues, QueueingOfANewMap) {
    struct {
        Settings defaults;
        std::string_view want_features, want;
    } rows[] = {
        {{}, "0", "off: no_path_retry is not set"},
        {{{no_path_retry, "fail"}}, "0", "off: no_path_retry fail: /etc/multipath.conf:11"},
        {{{no_path_retry, "queue"}}, "1 queue_if_no_path", "on: no_path_retry queue: /etc/multipath.conf:11"},
        {{{no_path_retry, "12"}}, "1 queue_if_no_path", "on: no_path_retry 12: /etc/multipath.conf:11"},
        {{{features, "1 queue_if_no_path"}},
         "1 queue_if_no_path",
         "on: features 1 queue_if_no_path: /etc/multipath.conf:11"},
        {{{features, "1 queue_if_no_path"}, {no_path_retry, "fail"}},
         "0",
         "off: no_path_retry fail: /etc/multipath.conf:12"},
        {{{features, "3 queue_if_no_path pg_init_retries 50"}, {no_path_retry, "5"}},
         "3 pg_init_retries 50 queue_if_no_path",
         "on: no_path_retry 5: /etc/multipath.conf:12"},
        {{{features, "3 retain_attached_hw_handler pg_init_retries 50"}},
         "2 pg_init_retries 50",
         "off: no_path_retry is not set"},
        {{{features, "2 queue_mode bio"}, {no_path_retry, "queue"}},
         "3 queue_mode bio queue_if_no_path",
         "on: no_path_retry queue: /etc/multipath.conf:12"},
    };
    for (const auto& row : rows) {
        auto map = decided(test_rules(row.defaults), alua());
        EXPECT_EQ(map.features, row.want_features) << row.want;
        EXPECT_EQ(reason(map, "queueing"), row.want);
    }
}

TEST(MapValues, QueueingOfAPresentMap) {
    struct {
        std::string_view name;
        Settings defaults;
        std::string_view present;
        PathState state;
        std::string_view want;
    } rows[] = {
        {"not set: as it is", {}, "1 queue_if_no_path", PathState::up, "1 queue_if_no_path"},
        {"not set: as it is", {}, "0", PathState::up, "0"},
        {"fail", {{no_path_retry, "fail"}}, "1 queue_if_no_path", PathState::up, "0"},
        {"queue", {{no_path_retry, "queue"}}, "0", PathState::down, "1 queue_if_no_path"},
        {"counted, usable again", {{no_path_retry, "5"}}, "0", PathState::up, "1 queue_if_no_path"},
        {"counted out", {{no_path_retry, "5"}}, "0", PathState::down, "0"},
        {"counting", {{no_path_retry, "5"}}, "1 queue_if_no_path", PathState::down, "1 queue_if_no_path"},
        {"the mode stays", {{features, "2 queue_mode bio"}}, "0", PathState::up, "0"},
        {"the mode stays", {{features, "2 queue_mode rq"}}, "2 queue_mode bio", PathState::up, "2 queue_mode bio"},
    };
    for (const auto& row : rows) {
        auto present = present_with(row.present);
        auto paths = alua();
        for (auto& path : paths) path.state = row.state;
        EXPECT_EQ(decided(test_rules(row.defaults), paths, &present).features, row.want)
            << row.name << ", " << row.present;
    }
}

TEST(MapValues, NvmeOverTcpWorksByBio) {
    auto paths = plain();
    paths[1].transport = Transport::nvme_tcp;
    EXPECT_EQ(decided(test_rules({{no_path_retry, "queue"}, {features, "2 queue_mode rq"}}), paths).features,
              "3 queue_mode bio queue_if_no_path");
}

TEST(MapValues, Policy) {
    struct {
        std::string_view name;
        Settings defaults;
        Generation generation;
        std::vector<Path> paths;
        std::string_view want;
    } rows[] = {
        {"detected", {}, Generation::v0_14, alua(), "group_by_prio: all paths have ALUA priorities"},
        {"detected, whatever is configured",
         {{path_grouping_policy, "multibus"}},
         Generation::v0_11,
         alua(),
         "group_by_prio: all paths have ALUA priorities"},
        {"by port group",
         {{detect_pgpolicy_use_tpg, "yes"}},
         Generation::v0_14,
         alua(),
         "group_by_tpg: detect_pgpolicy_use_tpg yes: /etc/multipath.conf:11"},
        {"not detected", {}, Generation::v0_14, plain(), "failover: sda has no ALUA priority"},
        {"0.9 detects nothing", {}, Generation::v0_9, alua(), "failover: default"},
        {"configured",
         {{path_grouping_policy, "multibus"}, {detect_pgpolicy, "no"}},
         Generation::v0_14,
         alua(),
         "multibus: /etc/multipath.conf:11"},
        {"configured, and nothing to detect",
         {{path_grouping_policy, "group_by_serial"}},
         Generation::v0_14,
         plain(),
         "group_by_serial: /etc/multipath.conf:11"},
        {"group_by_tpg without ALUA",
         {{path_grouping_policy, "group_by_tpg"}},
         Generation::v0_14,
         plain(),
         "failover: not group_by_tpg, sda has no ALUA priority"},
        {"only the beginning counts",
         {{path_grouping_policy, "group_by_prio_please"}},
         Generation::v0_9,
         alua(),
         "group_by_prio: /etc/multipath.conf:11"},
    };
    for (const auto& row : rows)
        EXPECT_EQ(decided(test_rules(row.defaults, row.generation), row.paths).grouping, row.want) << row.name;
}

TEST(MapValues, WhoDecides) {
    auto rules = test_rules({{path_selector, "queue-length 0"}, {no_path_retry, "fail"}});
    auto entry = test_section({{wwid, "a"}, {path_selector, "round-robin 0"}, {rr_min_io_rq, "8"}}, 20);
    rules.config.multipaths = {entry};
    Section row{.source = {.kind = Source::Kind::table, .line = 3}, .settings = {}};
    const Source line{.kind = Source::Kind::file, .line = 41};
    row.set(vendor, "HITACHI", line);
    row.set(product, "^OPEN-", line);
    row.set(no_path_retry, "10", line);
    row.set(rr_weight, "priorities", line);
    rules.config.devices = {row};
    auto paths = alua();
    paths[0].hardware = {&rules.config.devices[0]};
    auto map = decided(rules, paths);
    EXPECT_EQ(reason(map, "hardware"), "HITACHI ^OPEN-: hardware table 0.14");
    EXPECT_EQ(reason(map, "selector"), "round-robin 0: /etc/multipath.conf:22");
    EXPECT_EQ(reason(map, "queueing"), "on: no_path_retry 10: /etc/multipath.conf:41");
    EXPECT_EQ(reason(map, "repeat"), "8: rr_min_io_rq 8: /etc/multipath.conf:23");
    EXPECT_EQ(reason(map, "weight"), "by priority: rr_weight priorities: /etc/multipath.conf:41");
    EXPECT_EQ(map.repeat_count, 8u);
    EXPECT_TRUE(map.weighted);
    rules.config.overrides = test_section({{no_path_retry, "queue"}}, 30);
    EXPECT_EQ(reason(decided(rules, paths), "queueing"), "on: no_path_retry queue: /etc/multipath.conf:31");
    // The second path's entries are not the map's.
    std::swap(paths[0], paths[1]);
    rules.config.overrides = {};
    EXPECT_EQ(reason(decided(rules, paths), "queueing"), "off: no_path_retry fail: /etc/multipath.conf:12");
}

TEST(MapValues, HandlerOfTheHardwareTable) {
    Section row;
    row.set(hardware_handler, "1 rdac", {});
    Section alua_row;
    alua_row.set(hardware_handler, "1 alua", {});
    struct {
        std::string_view name;
        const Section* entry;
        std::vector<Path> paths;
        std::string_view want, why;
    } rows[] = {
        {"none", nullptr, plain(), "0", "default"},
        {"of the table", &row, plain(), "1 rdac", "default"},
        {"attached", &row, alua(), "1 alua", "attached to sda"},
        {"no TPGS, no alua", &alua_row, plain(), "0", "not every path has target port groups (TPGS)"},
    };
    for (auto& r : rows) {
        if (r.entry) r.paths[0].hardware = {r.entry};
        auto map = decided(test_rules({}), r.paths);
        EXPECT_EQ(map.handler, r.want) << r.name;
        EXPECT_EQ(reason(map, "handler"), cat(r.want, ": ", r.why)) << r.name;
    }
}

TEST(MapValues, NoPartitions) {
    auto map = decided(test_rules({{skip_kpartx, "yes"}}), alua());
    EXPECT_TRUE(map.skip_partitions);
    EXPECT_EQ(reason(map, "partitions"), "none: skip_kpartx yes: /etc/multipath.conf:11");
}

}  // namespace
}  // namespace rdm
