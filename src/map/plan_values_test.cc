// SPDX-License-Identifier: GPL-2.0-or-later
// A present map and a configuration that wants it otherwise. Expectations: decisions.md 11.3, rules 6 and 10, but
// queueing by message instead of a reload; doing what the plan says leaves nothing to do.
#include <gtest/gtest.h>

#include "map/coalesce.h"
#include "map/plan.h"
#include "map/test_paths.h"
#include "map/test_rules.h"

namespace rdm {
namespace {

using enum Keyword;

Plan planned(const Rules& rules, std::vector<DmMap> present, PathState state = PathState::up) {
    std::vector<Path> paths{test_path(0, "a"), test_path(1, "a")};
    for (auto& path : paths) path.state = state;
    return plan(coalesce(paths, rules, present), present);
}

DmMap present_with(std::string_view features, std::string_view repeat = "1", char state = 'A') {
    auto params = cat(features, " 1 alua 1 1 service-time 0 2 2 8:0 ", repeat, " 1 8:16 ", repeat, " 1");
    return test_map("a", params, cat("2 0 0 0 1 1 A 0 2 2 8:0 ", state, " 0 0 1 8:16 ", state, " 0 0 1"));
}

TEST(MapPlanValues, PresentMap) {
    struct {
        std::string_view name;
        Settings defaults;
        DmMap present;
        PathState state;
        std::string_view want;
    } rows[] = {
        {"queueing off",
         {{no_path_retry, "fail"}},
         present_with("1 queue_if_no_path"),
         PathState::up,
         "message a fail_if_no_path"},
        {"queueing on", {{no_path_retry, "queue"}}, present_with("0"), PathState::up, "message a queue_if_no_path"},
        {"as it should be", {{no_path_retry, "queue"}}, present_with("1 queue_if_no_path"), PathState::up, ""},
        {"not set", {}, present_with("1 queue_if_no_path"), PathState::up, ""},
        {"counted out, no path yet", {{no_path_retry, "3"}}, present_with("0", "1", 'F'), PathState::down, ""},
        {"counted out, paths again",
         {{no_path_retry, "3"}},
         present_with("0"),
         PathState::up,
         "message a queue_if_no_path"},
        {"repeat count",
         {{rr_min_io_rq, "8"}},
         present_with("0", "4"),
         PathState::up,
         "reload a [0 2048 multipath 0 1 alua 1 1 service-time 0 2 1 8:0 8 8:16 8]"},
        {"repeat count that the kernel has made 1", {{rr_min_io_rq, "8"}}, present_with("0"), PathState::up, ""},
    };
    for (const auto& row : rows) {
        auto rules = test_rules(row.defaults);
        rules.wwids = {"a"};
        EXPECT_EQ(spell(planned(rules, {row.present}, row.state).actions), row.want) << row.name;
    }
}

TEST(MapPlanValues, NewMap) {
    auto rules = test_rules({{skip_kpartx, "yes"}, {no_path_retry, "12"}, {rr_weight, "priorities"}});
    rules.wwids = {"a"};
    auto made = planned(rules, {});
    EXPECT_EQ(spell(made.actions),
              "create a [0 2048 multipath 1 queue_if_no_path 1 alua 1 1 service-time 0 2 1 8:0 50 8:16 50]");
    EXPECT_EQ(made.actions[0].hint, UdevHint::no_partitions);
    auto present = test_map("a", "1 queue_if_no_path 1 alua 1 1 service-time 0 2 2 8:0 1 1 8:16 1 1",
                            "2 0 0 0 1 1 A 0 2 2 8:0 A 0 0 1 8:16 A 0 0 1");
    EXPECT_EQ(spell(planned(rules, {present}).actions), "");
}

// A blacklist strikes before anything is counted; who is named stays, with the paths that are left.
TEST(MapPlanValues, ExcludedPaths) {
    auto rules = test_rules({{find_multipaths, "on"}});
    std::vector<Path> paths{test_path(0, "a"), test_path(1, "a"), test_path(2, "a")};
    auto names = [&] {
        std::string text;
        auto done = coalesce(paths, rules, {});
        for (const auto& map : done.maps)
            for (const auto& path : map.paths) text += cat(path.name, ' ');
        for (const auto& one : done.refused) text += cat(one.subject, one.usual ? ": " : "! ", one.reason, "; ");
        return text;
    };
    paths[0].excluded = "devnode \"sda\" in blacklist: default";
    EXPECT_EQ(names(), "sdb sdc sda: devnode \"sda\" in blacklist: default; ");
    rules.named = {"a"};
    EXPECT_EQ(names(), "sdb sdc sda: devnode \"sda\" in blacklist: default; ");
    for (auto& path : paths) path.excluded = "protocol \"x\" in blacklist: default";
    EXPECT_EQ(names(), "sda sdb sdc ");
    rules.named.clear();
    EXPECT_TRUE(names().starts_with("sda: protocol")) << names();
}

}  // namespace
}  // namespace rdm
