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

// decisions.md 6.1: sync_map_state() does not depend on reloads; a path that a reload makes active again: dm-mpath.c,
// parse_path(); another LUN behind a path: decisions.md 11.3; a table that ends before its device does:
// dm-table.c, device_area_is_invalid().
TEST(MapPlanSync, BesideAReload) {
    constexpr auto pending = PathState::pending;
    auto a = test_path(0, "a");
    auto b = test_path(1, "a");
    auto c = test_path(2, "a");
    auto remapped = test_path(1, "b");
    auto grown = a;
    grown.sectors = 4096;
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
        {"another LUN behind a path: failed, then out",
         {a, remapped},
         two_together,
         both_active,
         "message a fail_path 8:16; reload a [0 2048 multipath 0 1 alua 1 1 service-time 0 1 1 8:0 1]",
         "a: 8:16 left; fail_path 8:16"},
        {"another LUN behind a path, and the new one cannot join yet",
         {in_state(c, pending), remapped},
         "0 1 alua 1 1 service-time 0 1 2 8:16 1 1 ",
         "2 0 0 0 1 1 A 0 1 2 8:16 A 0 0 1 ",
         "message a fail_path 8:16",
         "a: no path is left for a new table, it stays as it is; fail_path 8:16"},
        {"another WWID on all paths: its maker may spell WWIDs differently",
         {remapped},
         "0 1 alua 1 1 service-time 0 1 2 8:16 1 1 ",
         "2 0 0 0 1 1 A 0 1 2 8:16 A 0 0 1 ",
         "",
         ""},
        {"grown under the map: stays",
         {grown, b},
         two_together,
         first_failed,
         "message a reinstate_path 8:0",
         "a: reinstate_path 8:0"},
    };
    for (const auto& row : rows) {
        const std::vector<DmMap> present{test_map("a", row.params, row.status)};
        auto made = plan(coalesce(row.paths, {.named = {"a"}}, present), present);
        EXPECT_EQ(spell(made.actions), row.want) << row.name;
        std::string whys;
        for (const auto& one : made.why) whys += cat(one.subject, ": ", one.reason);
        EXPECT_EQ(whys, row.why) << row.name;
    }
}

}  // namespace
}  // namespace rdm
