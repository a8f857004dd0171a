// SPDX-License-Identifier: GPL-2.0-or-later
#include <gtest/gtest.h>

#include <chrono>

#include "map/plan.h"
#include "map/test_paths.h"

namespace rdm {
namespace {

DmMap parent() { return test_map("a", "0 0 1 1 service-time 0 1 2 8:0 1 1 ", {}, 7); }

DmMap partition(unsigned number, std::uint64_t start, std::uint64_t sectors, int open_count = 0) {
    DmMap map;
    map.name = cat("a-part", number);
    map.uuid = cat("part", number, "-mpath-a");
    map.dev = {254, 10 + number};
    map.open_count = open_count;
    map.table = {{0, sectors, "linear", cat("254:7 ", start)}};
    return map;
}

DmMap named(DmMap map, std::string name, std::string uuid = {}) {
    map.name = std::move(name);
    if (!uuid.empty()) map.uuid = std::move(uuid);
    return map;
}

std::string refusals(const Plan& plan) {
    std::string text;
    for (const auto& one : plan.refused) text += cat(text.empty() ? "" : "; ", one.subject, ": ", one.reason);
    return text;
}

// Expectations: handoff.md 3, decisions.md 11.2, kpartx.c (what it makes, reloads and removes), and for what does not
// fit drivers/md/dm-table.c device_area_is_invalid(). The map has 2048 sectors.
TEST(PlanPartitions, Table) {
    struct {
        std::string_view name;
        PartitionTable table;
        std::vector<DmMap> present;
        std::string_view want, refused;
    } rows[] = {
        {"created",
         {"gpt", {{1, 34, 100}, {128, 134, 1914}}, ""},
         {},
         "create a-part1 [0 100 linear 254:7 34]; create a-part128 [0 1914 linear 254:7 134]",
         ""},
        {"there already", {"gpt", {{1, 34, 100}}, ""}, {partition(1, 34, 100)}, "", ""},
        {"there by another name", {"gpt", {{1, 34, 100}}, ""}, {named(partition(1, 34, 100), "ap1")}, "", ""},
        {"moved",
         {"gpt", {{1, 34, 100}}, ""},
         {partition(1, 63, 100, 1)},
         "reload a-part1 [0 100 linear 254:7 34]",
         ""},
        {"moved, by another name",
         {"dos", {{1, 34, 100}}, ""},
         {named(partition(1, 34, 99), "ap1")},
         "reload ap1 [0 100 linear 254:7 34]",
         ""},
        {"gone", {"dos", {{1, 34, 100}}, ""}, {partition(1, 34, 100), partition(2, 134, 10)}, "remove a-part2", ""},
        {"gone but open", {"dos", {{1, 34, 100}}, ""}, {partition(1, 34, 100), partition(2, 134, 10, 1)}, "", ""},
        {"no partitions: kpartx removes nothing", {"dos", {}, ""}, {partition(2, 134, 10)}, "", ""},
        {"no table: nothing either", {"none", {}, ""}, {partition(2, 134, 10)}, "", ""},
        {"the kernel's list may be cut already",
         {"kernel", {{1, 34, 100}}, ""},
         {partition(1, 34, 100), partition(2, 134, 10)},
         "",
         ""},
        {"another map's partition",
         {"dos", {{1, 34, 100}}, ""},
         {partition(1, 34, 100), named(partition(2, 0, 9), "b-part2", "part2-mpath-b")},
         "",
         ""},
        {"name taken",
         {"dos", {{1, 34, 100}, {2, 134, 10}}, ""},
         {named(partition(1, 34, 100), "a-part1", "part1-mpath-b")},
         "create a-part2 [0 10 linear 254:7 134]",
         "a-part1: the name is taken by a device with uuid part1-mpath-b"},
        {"up to the last sector", {"dos", {{1, 2047, 1}}, ""}, {}, "create a-part1 [0 1 linear 254:7 2047]", ""},
        {"one sector too long",
         {"dos", {{1, 34, 2015}}, ""},
         {},
         "",
         "a-part1: 2015 sectors from 34 reach past the end of the map at 2048"},
        {"starts past the end",
         {"dos", {{1, 2048, 1}}, ""},
         {},
         "",
         "a-part1: starts at 2048, past the end of the map at 2048"},
        {"length that wraps",
         {"gpt", {{1, 34, UINT64_MAX}}, ""},
         {},
         "",
         "a-part1: 18446744073709551615 sectors from 34 reach past the end of the map at 2048"},
        {"no length", {"dos", {{1, 34, 0}}, ""}, {}, "", "a-part1: no length"},
        {"number 0", {"dos", {{0, 34, 1}}, ""}, {}, "", "a-part0: number 0"},
        {"number twice",
         {"dos", {{1, 34, 1}, {1, 35, 1}}, ""},
         {},
         "create a-part1 [0 1 linear 254:7 34]",
         "a-part1: its number is there twice"},
        {"does not fit, but is there: stays",
         {"dos", {{1, 34, 100}, {2, 134, 9999}}, ""},
         {partition(1, 34, 100), partition(2, 134, 10)},
         "",
         "a-part2: 9999 sectors from 134 reach past the end of the map at 2048"},
    };
    for (const auto& row : rows) {
        auto made = plan_partitions(parent(), row.table, PresentMaps(row.present), "-part");
        EXPECT_EQ(spell(made.actions), row.want) << row.name;
        EXPECT_EQ(refusals(made), row.refused) << row.name;
    }
}

TEST(PlanPartitions, UuidNameAndMode) {
    auto map = parent();
    map.name = "root";
    map.read_only = true;
    auto made = plan_partitions(map, {"gpt", {{3, 34, 100}}, ""}, PresentMaps({}), "p");
    ASSERT_EQ(made.actions.size(), 1u);
    EXPECT_EQ(made.actions[0].name, "rootp3");
    EXPECT_EQ(made.actions[0].uuid, "part3-mpath-a");
    EXPECT_TRUE(made.actions[0].read_only);
}

TEST(PlanPartitions, NamesThatDeviceMapperDoesNotTake) {
    auto map = parent();
    map.uuid = cat("mpath-", std::string(117, 'f'));  // fits itself, 123 characters
    auto made = plan_partitions(map, {"gpt", {{1, 34, 1}}, ""}, PresentMaps({}), "-part");
    EXPECT_EQ(refusals(made), "a-part1: uuid of 129 characters, device-mapper takes 128");
}

TEST(PlanPartitions, SuspendedMapIsLeftAlone) {
    auto map = parent();
    map.suspended = true;
    EXPECT_EQ(spell(plan_partitions(map, {"gpt", {{1, 34, 1}}, ""}, PresentMaps({}), "-part").actions), "");
    auto part = partition(1, 63, 100);
    part.suspended = true;
    EXPECT_EQ(spell(plan_partitions(parent(), {"gpt", {{1, 34, 1}}, ""}, PresentMaps({&part, 1}), "-part").actions),
              "");
}

// One index for all maps of a decision: an index each would take minutes here, with sanitizers, and 0.4 s in the
// program for a thousand maps.
TEST(PlanPartitions, ThousandsOfMapsAreQuick) {
    constexpr unsigned count = 3000;
    std::vector<DmMap> present;
    for (unsigned n = 0; n < count; ++n) {
        auto map = named(parent(), cat(1'000'000 + 2 * n), cat("mpath-", n));
        map.dev.minor = 2 * n;
        auto part = named(partition(1, 34, 100), cat(map.name, "-part1"), cat("part1-", map.uuid));
        part.table[0].params = cat(text(map.dev), " 34");
        present.push_back(std::move(map));
        present.push_back(std::move(part));
    }
    const PartitionTable table{"gpt", {{1, 34, 100}, {2, 134, 10}}, ""};
    auto start = std::chrono::steady_clock::now();
    const PresentMaps index(present);
    std::size_t made = 0;
    for (unsigned n = 0; n < count; ++n) made += plan_partitions(present[2 * n], table, index, "-part").actions.size();
    EXPECT_EQ(made, count);
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(2));
}

DmMap opened(DmMap map, int count) {
    map.open_count = count;
    return map;
}

// Issue 3: flush removes what it can, never hangs, and says what is in use.
TEST(PlanFlush, Order) {
    auto queueing =
        test_map("a", "1 queue_if_no_path 0 1 1 service-time 0 1 2 8:0 1 1 ", "2 0 0 0 1 1 A 0 1 2 8:0 A 0 0 1 ", 7);
    auto stuck = queueing;
    stuck.status = "2 0 0 0 1 1 E 0 1 2 8:0 F 1 0 1 ";
    auto dead = parent();
    dead.status = stuck.status;
    struct {
        std::string_view name;
        std::vector<DmMap> present;
        std::string_view want, why;
    } rows[] = {
        {"nothing", {}, "", ""},
        {"a map", {parent()}, "remove a", "a: removed"},
        {"partitions first",
         {opened(parent(), 2), partition(1, 34, 100), partition(2, 134, 10)},
         "remove a-part1; remove a-part2; remove a",
         "a-part1: removed; a-part2: removed; a: removed"},
        {"queueing off before anything",
         {opened(queueing, 1), partition(1, 34, 100)},
         "message a fail_if_no_path; remove a-part1; remove a",
         "a-part1: removed; a: removed"},
        {"an open partition holds its map",
         {opened(queueing, 2), partition(1, 34, 100, 1), partition(2, 134, 10)},
         "remove a-part2",
         "a-part2: removed; a-part1 refused: in use by 1 holder; a refused: in use by 1 holder"},
        {"open itself",
         {opened(queueing, 3), partition(1, 34, 100)},
         "remove a-part1",
         "a-part1: removed; a refused: in use by 2 holders"},
        {"its user waits for I/O that no path can take",
         {opened(stuck, 1)},
         "message a fail_if_no_path",
         "a refused: in use by 1 holder"},
        {"the same without queueing: it has its error", {opened(dead, 1)}, "", "a refused: in use by 1 holder"},
    };
    for (const auto& row : rows) {
        auto made = plan_flush(row.present);
        EXPECT_EQ(spell(made.actions), row.want) << row.name;
        std::string why;
        for (const auto& one : made.why) why += cat(why.empty() ? "" : "; ", one.subject, ": ", one.reason);
        for (const auto& one : made.refused) why += cat(why.empty() ? "" : "; ", one.subject, " refused: ", one.reason);
        EXPECT_EQ(why, row.why) << row.name;
    }
}

}  // namespace
}  // namespace rdm
