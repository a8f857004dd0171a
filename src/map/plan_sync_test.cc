// SPDX-License-Identifier: GPL-2.0-or-later
// What the live table is told while a new one is wanted, which the kernel may refuse, and what is told after it.
#include <gtest/gtest.h>

#include "map/coalesce.h"
#include "map/plan.h"
#include "map/test_paths.h"

namespace rdm {
namespace {

Path in_state(Path path, PathState state) {
    path.state = state;
    return path;
}

const std::string two_together = "0 1 alua 1 1 service-time 0 2 2 8:0 1 1 8:16 1 1 ";
const std::string both_active = "2 0 0 0 1 1 A 0 2 2 8:0 A 0 0 1 8:16 A 0 0 1 ";
const std::string first_failed = "2 0 0 0 1 1 A 0 2 2 8:0 F 1 0 1 8:16 A 0 0 1 ";
const std::string two_apart = "0 1 alua 2 1 service-time 0 1 2 8:0 1 1 service-time 0 1 2 8:16 1 1 ";
const std::string apart_active = "2 0 0 0 2 1 A 0 1 2 8:0 A 0 0 1 E 0 1 2 8:16 A 0 0 1 ";

// decisions.md 6.1: sync_map_state() does not depend on reloads; dm-mpath.c, parse_path(): a reload makes all active.
TEST(MapPlanSync, BesideAReload) {
    constexpr auto pending = PathState::pending;
    auto a = test_path(0, "a");
    auto b = test_path(1, "a");
    auto c = test_path(2, "a");
    struct {
        std::string_view name;
        std::vector<Path> paths;
        std::string params, status;
        std::string_view want, why;
    } rows[] = {
        {"one joins, another is up again: reinstated although the reload may be refused",
         {a, b, c},
         two_together,
         first_failed,
         "message a reinstate_path 8:0; "
         "reload a [0 2048 multipath 0 1 alua 1 1 service-time 0 3 1 8:0 1 8:16 1 8:32 1]",
         "a: sdc joined; reinstate_path 8:0"},
        {"one joins, another is silent and had failed: failed again, the reload makes it active",
         {in_state(a, pending), b, c},
         two_together,
         first_failed,
         "reload a [0 2048 multipath 0 1 alua 1 1 service-time 0 3 1 8:0 1 8:16 1 8:32 1]; message a fail_path 8:0",
         "a: sdc joined"},
        {"one joins, another is silent and had not failed",
         {in_state(a, pending), b, c},
         two_together,
         both_active,
         "reload a [0 2048 multipath 0 1 alua 1 1 service-time 0 3 1 8:0 1 8:16 1 8:32 1]",
         "a: sdc joined"},
        {"one joins, and the better group is used meanwhile",
         {test_path(0, "a", 10), b, c},
         two_apart,
         apart_active,
         "message a switch_group 2; reload a [0 2048 multipath 0 1 alua 2 1 service-time 0 2 1 8:16 1 8:32 1 "
         "service-time 0 1 1 8:0 1]",
         "a: sdc joined; switch_group 2"},
    };
    for (const auto& row : rows) {
        const std::vector<DmMap> present{test_map("a", row.params, row.status)};
        auto made = plan(coalesce(row.paths, {{"a"}}, present), present);
        EXPECT_EQ(spell(made.actions), row.want) << row.name;
        std::string whys;
        for (const auto& one : made.why) whys += cat(one.subject, ": ", one.text);
        EXPECT_EQ(whys, row.why) << row.name;
    }
}

}  // namespace
}  // namespace rdm
