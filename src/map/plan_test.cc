// SPDX-License-Identifier: GPL-2.0-or-later
#include "map/plan.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "kernel/fake_dm.h"
#include "map/coalesce.h"
#include "map/test_paths.h"
#include "map/test_rules.h"

namespace rdm {
namespace {

constexpr auto ghost = PathState::ghost;
constexpr auto down = PathState::down;
constexpr auto pending = PathState::pending;

Path in_state(Path path, PathState state, std::string kernel_state = "running") {
    path.state = state;
    path.kernel_state = std::move(kernel_state);
    return path;
}
Path without_priority(Path path) {
    path.priority = -1;
    path.prioritizer = Prioritizer::none;
    return path;
}

Plan plan_of(const std::vector<Path>& paths, const std::vector<DmMap>& present) {
    return plan(coalesce(paths, {.named = {"a"}}, present), present);
}

std::string whys(const Plan& plan) {
    std::string text;
    for (const auto& one : plan.why) text += cat(text.empty() ? "" : "; ", one.subject, ": ", one.reason);
    for (const auto& one : plan.refused) text += cat(text.empty() ? "" : "; ", one.subject, " refused: ", one.reason);
    return text;
}

// Which paths a new table may hold: issue 3 section 2 (stale paths), lab.md "Facts about tables and stale paths".
TEST(MapPlan, Create) {
    struct {
        std::string_view name;
        std::vector<Path> paths;
        std::string_view want, why;
    } rows[] = {
        {"two of one priority",
         {test_path(0, "a"), test_path(1, "a")},
         "create a [0 2048 multipath 0 1 alua 1 1 service-time 0 2 1 8:0 1 8:16 1]",
         "a: sda sdb joined"},
        {"two priorities, best first",
         {test_path(0, "a", 10), test_path(1, "a")},
         "create a [0 2048 multipath 0 1 alua 2 1 service-time 0 1 1 8:16 1 service-time 0 1 1 8:0 1]",
         "a: sda sdb joined"},
        {"no ALUA",
         {test_plain_path(0, "a"), test_plain_path(1, "a")},
         "create a [0 2048 multipath 0 0 2 1 service-time 0 1 1 8:0 1 service-time 0 1 1 8:16 1]",
         "a: sda sdb joined"},
        {"down but running: in, and failed",
         {test_path(0, "a"), in_state(test_path(1, "a"), down)},
         "create a [0 2048 multipath 0 1 alua 1 1 service-time 0 2 1 8:0 1 8:16 1]; message a fail_path 8:16",
         "a: sda sdb joined"},
        {"offline: the kernel refuses it",
         {test_path(0, "a"), in_state(test_path(1, "a"), down, "offline")},
         "create a [0 2048 multipath 0 1 alua 1 1 service-time 0 1 1 8:0 1]",
         "a: sda joined; sdb left out for now"},
        {"pending joins later",
         {in_state(test_path(0, "a"), pending), test_path(1, "a")},
         "create a [0 2048 multipath 0 1 alua 1 1 service-time 0 1 1 8:16 1]",
         "a: sdb joined; sda left out for now"},
        {"only ghosts are better than nothing",
         {in_state(test_path(0, "a", 1), ghost)},
         "create a [0 2048 multipath 0 1 alua 1 1 service-time 0 1 1 8:0 1]",
         "a: sda joined"},
        {"nothing usable",
         {in_state(test_path(0, "a"), down), in_state(test_path(1, "a"), pending)},
         "",
         "a: no usable path yet"},
    };
    for (const auto& row : rows) {
        auto made = plan_of(row.paths, {});
        EXPECT_EQ(spell(made.actions), row.want) << row.name;
        EXPECT_EQ(whys(made), row.why) << row.name;
    }
}

TEST(MapPlan, CreateSaysAllThatDeviceMapperNeeds) {
    Path path = test_path(0, "a");
    path.read_only = true;
    auto made = plan_of({path, test_path(1, "a")}, {});
    ASSERT_EQ(made.actions.size(), 1u);
    EXPECT_EQ(made.actions[0].uuid, "mpath-a");
    EXPECT_TRUE(made.actions[0].read_only);
    EXPECT_EQ(made.actions[0].hint, UdevHint::none);
    EXPECT_EQ(made.actions[0].paths, (std::vector<DevNo>{{8, 0}, {8, 16}}));
}

const std::string two_together = "0 1 alua 1 1 service-time 0 2 2 8:0 1 1 8:16 1 1 ";
const std::string both_active = "2 0 0 0 1 1 A 0 2 2 8:0 A 0 0 1 8:16 A 0 0 1 ";
const std::string first_failed = "2 0 0 0 1 1 A 0 2 2 8:0 F 1 0 1 8:16 A 0 0 1 ";
const std::string two_apart = "0 1 alua 2 1 service-time 0 1 2 8:0 1 1 service-time 0 1 2 8:16 1 1 ";
const std::string apart_active = "2 0 0 0 2 1 A 0 1 2 8:0 A 0 0 1 E 0 1 2 8:16 A 0 0 1 ";

// Order and meaning of the comparisons: decisions.md 11.3, rules 7 to 12; states: 6.1, sync_map_state().
TEST(MapPlan, Present) {
    auto a = test_path(0, "a");
    auto b = test_path(1, "a");
    auto b10 = test_path(1, "a", 10);
    auto c = test_path(2, "a");
    struct {
        std::string_view name;
        std::vector<Path> paths;
        std::string params, status;
        std::string_view want, why;
    } rows[] = {
        {"unchanged", {a, b}, two_together, both_active, "", "a: map unchanged"},
        {"one joins",
         {a, b, c},
         two_together,
         both_active,
         "reload a [0 2048 multipath 0 1 alua 1 1 service-time 0 3 1 8:0 1 8:16 1 8:32 1]",
         "a: sdc joined"},
        {"one joins, another is down: failed again after the reload",
         {a, in_state(b, down), c},
         two_together,
         both_active,
         "message a fail_path 8:16; "
         "reload a [0 2048 multipath 0 1 alua 1 1 service-time 0 3 1 8:0 1 8:16 1 8:32 1]; message a fail_path 8:16",
         "a: sdc joined; fail_path 8:16"},
        {"pending does not join", {a, b, in_state(c, pending)}, two_together, both_active, "", "a: map unchanged"},
        {"one left",
         {b},
         two_together,
         both_active,
         "reload a [0 2048 multipath 0 1 alua 1 1 service-time 0 1 1 8:16 1]",
         "a: 8:0 left"},
        {"one left, one joined",
         {b, c},
         two_together,
         both_active,
         "reload a [0 2048 multipath 0 1 alua 1 1 service-time 0 2 1 8:16 1 8:32 1]",
         "a: sdc joined; 8:0 left"},
        {"offline stays where it is",
         {a, in_state(b, down, "offline")},
         two_together,
         both_active,
         "message a fail_path 8:16",
         "a: fail_path 8:16"},
        {"down is failed",
         {in_state(a, down), b},
         two_together,
         both_active,
         "message a fail_path 8:0",
         "a: fail_path 8:0"},
        {"down and failed already", {in_state(a, down), b}, two_together, first_failed, "", "a: map unchanged"},
        {"up again", {a, b}, two_together, first_failed, "message a reinstate_path 8:0", "a: reinstate_path 8:0"},
        {"ghost is reinstated too",
         {in_state(a, ghost), b},
         two_together,
         first_failed,
         "message a reinstate_path 8:0",
         "a: reinstate_path 8:0"},
        {"pending is left as it is", {in_state(a, pending), b}, two_together, first_failed, "", "a: map unchanged"},
        {"the last path is gone: nothing to load",
         {in_state(c, pending)},
         two_together,
         both_active,
         "",
         "a: no path is left for a new table, it stays as it is"},
        {"rule 7: no handler, one attached",
         {a, b},
         "0 0 1 1 service-time 0 2 2 8:0 1 1 8:16 1 1 ",
         both_active,
         "reload a [0 2048 multipath 0 1 alua 1 1 service-time 0 2 1 8:0 1 8:16 1]",
         "a: hardware handler changed"},
        {"rule 7: another handler is retained",
         {a, b},
         "0 1 rdac 1 1 service-time 0 2 2 8:0 1 1 8:16 1 1 ",
         both_active,
         "",
         "a: map unchanged"},
        {"rule 8: a feature",
         {a, b},
         "2 pg_init_retries 50 1 alua 1 1 service-time 0 2 2 8:0 1 1 8:16 1 1 ",
         both_active,
         "reload a [0 2048 multipath 0 1 alua 1 1 service-time 0 2 1 8:0 1 8:16 1]",
         "a: features changed"},
        {"rule 8: not these",
         {a, b},
         "2 queue_if_no_path retain_attached_hw_handler 1 alua 1 1 service-time 0 2 2 8:0 1 1 8:16 1 1 ",
         both_active,
         "",
         "a: map unchanged"},
        {"bio mode stays, its handler is not asked",
         {a, b},
         "2 queue_mode bio 0 1 1 service-time 0 2 2 8:0 1 1 8:16 1 1 ",
         both_active,
         "",
         "a: map unchanged"},
        {"queueing stays on reload",
         {a, b, c},
         "3 queue_if_no_path queue_mode bio 0 1 1 service-time 0 2 2 8:0 1 1 8:16 1 1 ",
         both_active,
         "reload a [0 2048 multipath 3 queue_mode bio queue_if_no_path 0 1 1 service-time 0 3 1 8:0 1 8:16 1 8:32 1]",
         "a: sdc joined"},
        {"rule 9: another selector",
         {a, b},
         "0 1 alua 1 1 round-robin 0 2 1 8:0 1 8:16 1 ",
         "2 0 0 0 1 1 A 0 2 0 8:0 A 0 8:16 A 0 ",
         "reload a [0 2048 multipath 0 1 alua 1 1 service-time 0 2 1 8:0 1 8:16 1]",
         "a: path selector changed"},
        {"rule 10: repeat count",
         {a, b},
         "0 1 alua 1 1 service-time 0 2 2 8:0 1000 1 8:16 1000 1 ",
         both_active,
         "reload a [0 2048 multipath 0 1 alua 1 1 service-time 0 2 1 8:0 1 8:16 1]",
         "a: repeat count changed"},
        {"rule 11: groups",
         {a, b10},
         two_together,
         both_active,
         "reload a [0 2048 multipath 0 1 alua 2 1 service-time 0 1 1 8:0 1 service-time 0 1 1 8:16 1]",
         "a: priority groups changed"},
        {"rule 11: order is no difference, rule 12: the better group is used",
         {test_path(0, "a", 10), b},
         two_apart,
         apart_active,
         "message a switch_group 2",
         "a: switch_group 2"},
        {"rule 12: equal groups do not take turns",
         {test_plain_path(0, "a"), test_plain_path(1, "a")},
         "0 0 2 2 service-time 0 1 2 8:0 1 1 service-time 0 1 2 8:16 1 1 ",
         "2 0 0 0 2 2 E 0 1 2 8:0 A 1 0 1 A 0 1 2 8:16 A 0 0 1 ",
         "",
         "a: map unchanged"},
        {"rule 12: the group in use has no path left",
         {in_state(a, down), b10},
         two_apart,
         "2 0 0 0 2 1 A 0 1 2 8:0 F 1 0 1 E 0 1 2 8:16 A 0 0 1 ",
         "message a switch_group 2",
         "a: switch_group 2"},
        {"rule 12: not while the group in use is pending",
         {in_state(a, pending), b10},
         two_apart,
         apart_active,
         "",
         "a: map unchanged"},
        {"nothing usable: no switch",
         {in_state(a, down), in_state(b10, down)},
         two_apart,
         apart_active,
         "message a fail_path 8:0; message a fail_path 8:16",
         "a: fail_path 8:0; fail_path 8:16"},
        {"unknown priority stays in its group",
         {a, without_priority(b)},
         two_together,
         both_active,
         "",
         "a: map unchanged"},
        {"unknown priority stays in a group of its own",
         {a, without_priority(b)},
         two_apart,
         apart_active,
         "",
         "a: map unchanged"},
        {"nothing known yet: no reload",
         {without_priority(in_state(a, pending)), without_priority(in_state(b, pending))},
         two_together,
         both_active,
         "",
         "a: map unchanged"},
        {"no table understood",
         {a, b},
         "0 1 alua",
         both_active,
         "",
         "a: left alone, its table is odd: ends before groups"},
        {"no status understood",
         {in_state(a, down), b},
         two_together,
         "",
         "",
         "a: paths left alone, status is odd: ends before features"},
    };
    for (const auto& row : rows) {
        auto made = plan_of(row.paths, {test_map("a", row.params, row.status)});
        EXPECT_EQ(spell(made.actions), row.want) << row.name;
        EXPECT_EQ(whys(made), row.why) << row.name;
    }
}

// Kernel 6.1 (drivers/md/dm-mpath.c, multipath_status()): what it prints of a table that was loaded with these
// settings. Whoever finds a difference there loads the same table again, without end.
TEST(MapPlan, ATableJustLoadedIsAsWanted) {
    struct {
        Keyword keyword;
        std::string_view value, printed, selector, want;
    } rows[] = {
        {Keyword::features, "2 queue_mode rq", "0", "service-time 0", "map unchanged"},
        {Keyword::features, "4 pg_init_retries 50 queue_mode mq", "2 pg_init_retries 50", "service-time 0",
         "map unchanged"},
        {Keyword::features, "2 pg_init_retries 0", "0", "service-time 0", "map unchanged"},
        {Keyword::features, "2 pg_init_retries 007", "2 pg_init_retries 7", "service-time 0", "map unchanged"},
        {Keyword::features, "4 pg_init_retries 5 pg_init_retries 6", "2 pg_init_retries 6", "service-time 0",
         "map unchanged"},
        {Keyword::features, "5 pg_init_delay_msecs 0 queue_if_no_path pg_init_retries 9",
         "5 queue_if_no_path pg_init_retries 9 pg_init_delay_msecs 0", "service-time 0", "map unchanged"},
        {Keyword::features, "2 pg_init_retries 9", "2 pg_init_retries 8", "service-time 0", "features changed"},
        {Keyword::features, "2 pg_init_delay_msecs 0", "0", "service-time 0", "features changed"},
        {Keyword::path_selector, "historical-service-time 2 7 8", "0", "historical-service-time 0", "map unchanged"},
        {Keyword::path_selector, "queue-length 0", "0", "service-time 0", "path selector changed"},
    };
    const std::vector<Path> paths{test_path(0, "a"), test_path(1, "a")};
    for (const auto& row : rows) {
        auto rules = test_rules({{row.keyword, row.value}});
        rules.named = {"a"};
        auto params = cat(row.printed, " 1 alua 1 1 ", row.selector, " 2 2 8:0 1 1 8:16 1 1 ");
        const std::vector<DmMap> present{test_map("a", params, both_active)};
        auto made = plan(coalesce(paths, rules, present), present);
        EXPECT_TRUE(whys(made).starts_with(cat("a: ", row.want))) << row.value << ": " << whys(made);
    }
}

TEST(MapPlan, ReloadTellsUdevHowMuch) {
    auto a = test_path(0, "a");
    auto made = plan_of({a, test_path(1, "a"), test_path(2, "a")}, {test_map("a", two_together, both_active)});
    ASSERT_EQ(made.actions.size(), 1u);
    EXPECT_EQ(made.actions[0].hint, UdevHint::paths_only);
    made = plan_of({in_state(a, down)}, {test_map("a", two_together, both_active)});
    ASSERT_EQ(made.actions.size(), 3u) << spell(made.actions);
    EXPECT_EQ(made.actions[1].hint, UdevHint::no_usable_path);
}

TEST(MapPlan, BesideOtherPeoplesMaps) {
    const std::vector<Path> paths{test_path(0, "a"), test_path(1, "a"), test_path(2, "a")};
    struct {
        std::string_view name;
        DmMap present;
        std::string_view want, why;
    } rows[] = {
        {"another name is kept", test_map("a", two_together, both_active),
         "reload mpatha [0 2048 multipath 0 1 alua 1 1 service-time 0 3 1 8:0 1 8:16 1 8:32 1]", "mpatha: sdc joined"},
        {"our name, foreign uuid", test_map("a", "0 0 0 0"), "",
         "a refused: the name is taken by a device with uuid mpath-other"},
        {"suspended", test_map("a", two_together, both_active), "",
         "a: suspended by someone else, left alone until it is resumed"},
        {"no multipath target", test_map("a", two_together), "",
         "a: its table is no single multipath target, left alone"},
        {"its maker was interrupted", test_map("a", ""),
         "reload a [0 2048 multipath 0 1 alua 1 1 service-time 0 3 1 8:0 1 8:16 1 8:32 1]", "a: sda sdb sdc joined"},
    };
    rows[0].present.name = "mpatha";
    rows[1].present.uuid = "mpath-other";
    rows[2].present.suspended = true;
    rows[3].present.table[0] = {0, 2048, "linear", "8:64 0"};
    rows[4].present.table.clear();
    for (const auto& row : rows) {
        auto made = plan_of(paths, {row.present});
        EXPECT_EQ(spell(made.actions), row.want) << row.name;
        EXPECT_EQ(whys(made), row.why) << row.name;
    }
}

/// Plans until nothing is left to do; the actions of all rounds. At most `rounds`.
std::string settle(const std::vector<Path>& paths, FakeDm& dm, int rounds) {
    std::string all;
    for (; rounds > 0; --rounds) {
        auto present = dm.maps();
        auto made = plan_of(paths, *present);
        if (made.actions.empty()) return all;
        auto outcome = dm.apply(made.actions, Milliseconds(0));
        for (const auto& result : outcome.results) EXPECT_TRUE(result) << result.error().what();
        all += cat(all.empty() ? "" : " | ", spell(made.actions));
    }
    EXPECT_TRUE(plan_of(paths, *dm.maps()).actions.empty()) << all;
    return all;
}

// Done once, through the table and status as the kernel prints them, nothing is left to do.
TEST(MapPlan, RepeatingIsFree) {
    auto transitioning = test_path(1, "a", 0);
    transitioning.access = Access::transitioning;
    struct {
        std::string_view name;
        std::vector<Path> first, then;
    } rows[] = {
        {"nothing happens", {test_path(0, "a"), test_path(1, "a", 10)}, {test_path(0, "a"), test_path(1, "a", 10)}},
        {"without ALUA",
         {test_plain_path(0, "a")},
         {test_plain_path(0, "a"), test_plain_path(1, "a"), test_plain_path(2, "a")}},
        {"one goes down",
         {test_path(0, "a"), test_path(1, "a")},
         {test_path(0, "a"), in_state(test_path(1, "a"), down)}},
        {"all go down",
         {test_path(0, "a"), test_path(1, "a", 10)},
         {in_state(test_path(0, "a"), down), in_state(test_path(1, "a", 10), down)}},
        {"one comes up",
         {test_path(0, "a"), in_state(test_path(1, "a"), down)},
         {test_path(0, "a"), test_path(1, "a")}},
        {"the groups swap", {test_path(0, "a"), test_path(1, "a", 10)}, {test_path(0, "a", 10), test_path(1, "a")}},
        {"one is transitioning", {test_path(0, "a"), test_path(1, "a", 10)}, {test_path(0, "a"), transitioning}},
        {"one is replaced", {test_path(0, "a"), test_path(1, "a")}, {test_path(0, "a"), test_path(2, "a", 10)}},
        {"ghosts only, then up",
         {in_state(test_path(0, "a", 1), ghost)},
         {test_path(0, "a", 50), in_state(test_path(1, "a", 1), ghost)}},
        {"one joins that is down", {test_path(0, "a")}, {test_path(0, "a"), in_state(test_path(1, "a"), down)}},
    };
    for (const auto& row : rows) {
        FakeSysfs sysfs;
        for (const auto* paths : {&row.first, &row.then})
            for (const auto& path : *paths) show(sysfs, path);
        FakeDm dm(sysfs);
        SCOPED_TRACE(row.name);
        EXPECT_TRUE(settle(row.first, dm, 1).starts_with("create a ["));
        settle(row.then, dm, 1);
    }
}

TEST(MapPlan, TransitioningIsNoReason) {
    auto b = test_path(1, "a", 0);
    b.access = Access::transitioning;
    auto made = plan_of({test_path(0, "a"), b}, {test_map("a", two_together, both_active)});
    EXPECT_EQ(spell(made.actions), "");
}

}  // namespace
}  // namespace rdm
