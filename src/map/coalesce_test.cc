// SPDX-License-Identifier: GPL-2.0-or-later
#include "map/coalesce.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>

#include "map/test_paths.h"

namespace rdm {
namespace {

/// "a 2048 sda sdb; refused sdc: reason"
std::string spelled(const Coalesced& done) {
    std::string text;
    for (const auto& map : done.maps) {
        text += cat(text.empty() ? "" : "; ", map.name, ' ', map.sectors);
        for (const auto& path : map.paths) text += cat(' ', path.name);
    }
    for (const auto& one : done.refused) text += cat(text.empty() ? "" : "; ", one.subject, ": ", one.reason);
    return text;
}

Path changed(Path path, std::uint64_t sectors, std::uint32_t block_size = 512) {
    path.sectors = sectors;
    path.block_size = block_size;
    return path;
}

Path unknown(Path path, std::string why) {
    path.wwid.clear();
    path.wwid_from = std::move(why);
    return path;
}

Path gone(Path path) {
    path.kernel_state = "removed";
    return path;
}

const std::string one_held = "0 1 alua 1 1 service-time 0 1 2 8:0 1 1";

// Expectations: issue 3 section 2 (which WWIDs), decisions.md 5.1 and trap 19 (sizes).
TEST(MapCoalesce, WhichPathsBecomeMaps) {
    struct {
        std::string_view name;
        std::vector<Path> paths;
        std::vector<std::string> named;
        std::vector<DmMap> present;
        std::string_view want;
    } rows[] = {
        {"two paths", {test_path(0, "a"), test_path(1, "a")}, {}, {}, "a 2048 sda sdb"},
        {"maps by WWID, paths by sys_path",
         {test_path(3, "a"), test_path(1, "b"), test_path(2, "a"), test_path(0, "b")},
         {},
         {},
         "a 2048 sdc sdd; b 2048 sda sdb"},
        {"one path", {test_path(0, "a")}, {}, {}, "a: one path only; name it with rd.mpath.wwid=a"},
        {"one path, named", {test_path(0, "a")}, {"a"}, {}, "a 2048 sda"},
        {"one path, present", {test_path(0, "a")}, {}, {test_map("a", one_held)}, "a 2048 sda"},
        {"two paths, others named", {test_path(0, "a"), test_path(1, "a")}, {"b"}, {}, "a: not named"},
        {"others named, but present",
         {test_path(0, "a"), test_path(1, "a")},
         {"b"},
         {test_map("a", one_held)},
         "a 2048 sda sdb"},
        {"no WWID", {unknown(test_path(0, ""), "VPD 83h: cut short")}, {}, {}, "sda: no WWID: VPD 83h: cut short"},
        {"no WWID yet, but in a present map",
         {unknown(test_path(0, ""), "no answer"), test_path(1, "a")},
         {},
         {test_map("a", one_held)},
         "a 2048 sda sdb"},
        {"in the map of another WWID",
         {test_path(0, "b"), test_path(1, "b"), test_path(2, "b")},
         {},
         {test_map("a", one_held)},
         "b 2048 sdb sdc; sda: already in map a"},
        {"in the map of another WWID, beside one of that WWID",
         {changed(test_path(0, "b"), 1024, 4096), test_path(1, "a")},
         {},
         {test_map("a", one_held)},
         "a 2048 sda sdb; sda: already in map a"},
        {"removed paths take no part",
         {gone(test_path(0, "a")), test_path(1, "a")},
         {},
         {},
         "a: one path only; name it with rd.mpath.wwid=a; sda: removed"},
        {"sizes differ",
         {test_path(0, "a"), changed(test_path(1, "a"), 1024), test_path(2, "a")},
         {},
         {},
         "a: its paths differ in size or block size; sdb: size 1024 differs from 2048 of sda (sectors of 512 bytes)"},
        {"a present map's size decides",
         {changed(test_path(0, "a"), 1024), test_path(1, "a")},
         {},
         {test_map("a", one_held)},
         "a 2048 sdb; sda: size 1024 differs from 2048 of map a (sectors of 512 bytes)"},
        {"grown under the present map: those that it holds stay",
         {changed(test_path(0, "a"), 4096), changed(test_path(1, "a"), 4096)},
         {},
         {test_map("a", one_held)},
         "a 2048 sda; sdb: size 4096 differs from 2048 of map a (sectors of 512 bytes)"},
        {"a ghost without a size has no say",
         {changed(test_path(0, "a"), 0), test_path(1, "a")},
         {},
         {},
         "a 2048 sda sdb"},
        {"no size at all",
         {changed(test_path(0, "a"), 0), changed(test_path(1, "a"), 0)},
         {},
         {},
         "a: no path tells its size"},
        {"block sizes differ",
         {changed(test_path(0, "a"), 2048, 4096), test_path(1, "a")},
         {},
         {},
         "a: its paths differ in size or block size; sdb: block size 512 differs from 4096 of sda"},
        {"block size of the path in the map decides",
         {test_path(0, "a"), changed(test_path(1, "a"), 2048, 4096)},
         {},
         {test_map("a", one_held)},
         "a 2048 sda; sdb: block size 4096 differs from 512 of sda"},
        {"4Kn, odd size",
         {changed(test_path(0, "a"), 2047, 4096), changed(test_path(1, "a"), 2047, 4096)},
         {},
         {},
         "a 2047 sda sdb"},
        {"nothing", {}, {"a"}, {}, ""},
        {"a newline in the reason", {unknown(test_path(0, ""), "bad\n\"")}, {}, {}, "sda: no WWID: bad\\x0a\""},
    };
    for (auto& row : rows) {
        EXPECT_EQ(spelled(coalesce(row.paths, {.named = row.named}, row.present)), row.want) << row.name;
        std::ranges::reverse(row.paths);
        EXPECT_EQ(spelled(coalesce(row.paths, {.named = row.named}, row.present)), row.want)
            << row.name << ", reversed";
    }
}

// decisions.md 4.1 (skipped), 5.1 (only paths that no blacklist strikes count), 11.3 (a member is removed from its
// map); a map that is there or was named goes on with what it has.
TEST(MapCoalesce, ExcludedPaths) {
    auto excluded = [](unsigned n, std::string wwid = "a") {
        auto path = test_path(n, std::move(wwid));
        path.excluded = "devnode blacklisted: /etc/multipath.conf:7";
        return path;
    };
    const auto held = test_map("a", "0 1 alua 1 1 service-time 0 2 2 8:0 1 1 8:16 1 1");
    struct {
        std::string_view name;
        std::vector<Path> paths;
        std::vector<std::string> named;
        std::vector<DmMap> present;
        std::string_view want, want_decision;
    } rows[] = {
        {"they do not count",
         {test_path(0, "a"), excluded(1)},
         {},
         {},
         "a: one path only; name it with rd.mpath.wwid=a; sdb: devnode blacklisted: /etc/multipath.conf:7",
         ""},
        {"none is left", {excluded(0)}, {}, {}, "sda: devnode blacklisted: /etc/multipath.conf:7", ""},
        {"named: without it",
         {test_path(0, "a"), excluded(1)},
         {"a"},
         {},
         "a 2048 sda; sdb: devnode blacklisted: /etc/multipath.conf:7",
         "named"},
        {"named: nothing else",
         {excluded(0), excluded(1)},
         {"a"},
         {},
         "a 2048 sda sdb",
         "named, but multipathd will not have it: devnode blacklisted: /etc/multipath.conf:7"},
        {"others named",
         {excluded(0), excluded(1)},
         {"b"},
         {},
         "sda: devnode blacklisted: /etc/multipath.conf:7; sdb: devnode blacklisted: /etc/multipath.conf:7",
         ""},
        {"it leaves the map",
         {test_path(0, "a"), excluded(1)},
         {},
         {held},
         "a 2048 sda; sdb: devnode blacklisted: /etc/multipath.conf:7",
         "the map is there"},
        {"and does not join it",
         {test_path(0, "a"), excluded(2)},
         {},
         {held},
         "a 2048 sda; sdc: devnode blacklisted: /etc/multipath.conf:7",
         "the map is there"},
        {"the map has nothing else",
         {excluded(0), excluded(1)},
         {},
         {held},
         "a 2048 sda sdb",
         "the map is there, but multipathd will not have it: devnode blacklisted: /etc/multipath.conf:7"},
        {"of another WWID",
         {test_path(0, "a"), excluded(1, "b")},
         {},
         {held},
         "a 2048 sda; sdb: already in map a; sdb: devnode blacklisted: /etc/multipath.conf:7",
         "the map is there"},
        {"without a WWID",
         {test_path(0, "a"), excluded(1, "")},
         {},
         {held},
         "a 2048 sda; sdb: devnode blacklisted: /etc/multipath.conf:7",
         "the map is there"},
    };
    for (auto& row : rows) {
        auto done = coalesce(row.paths, {.named = row.named}, row.present);
        EXPECT_EQ(spelled(done), row.want) << row.name;
        EXPECT_EQ(done.maps.empty() ? "" : done.maps[0].reasons[0].why, row.want_decision) << row.name;
    }
}

TEST(MapCoalesce, LongWwidIsRefused) {
    const std::string wwid(123, 'f');
    std::vector<Path> paths{test_path(0, wwid), test_path(1, wwid)};
    EXPECT_EQ(spelled(coalesce(paths, {}, {})), wwid + ": uuid of 129 characters, device-mapper takes 128");
}

// decisions.md 9: HWHANDLER, with retain_attached_hw_handler always on.
TEST(MapCoalesce, Handler) {
    auto with = [](Tpgs tpgs, std::string handler, PathState state = PathState::up) {
        Path path = test_path(0, "a");
        path.tpgs = tpgs;
        path.handler = std::move(handler);
        path.state = state;
        return path;
    };
    struct {
        std::string_view name;
        Path first, second;
        std::string_view want;
    } rows[] = {
        {"attached to the first", with(Tpgs::both, "alua"), with(Tpgs::both, "alua"), "1 alua"},
        {"attached to the second", with(Tpgs::none, ""), with(Tpgs::none, "rdac"), "1 rdac"},
        {"none attached, both TPGS", with(Tpgs::implicit_only, ""), with(Tpgs::both, ""), "1 alua"},
        {"none attached, one without TPGS", with(Tpgs::none, ""), with(Tpgs::both, ""), "0"},
        {"none attached, one not asked yet", with(Tpgs::none, "", PathState::pending), with(Tpgs::both, ""), "1 alua"},
        {"none", with(Tpgs::none, ""), with(Tpgs::none, ""), "0"},
    };
    for (auto& row : rows) {
        row.second.name = "sdb";
        row.second.dev = {8, 16};
        row.second.sys_path += "b";
        std::vector<Path> paths{row.first, row.second};
        auto done = coalesce(paths, {}, {});
        ASSERT_EQ(done.maps.size(), 1u) << row.name;
        EXPECT_EQ(done.maps[0].handler, row.want) << row.name;
    }
}

// Where the image has no scsi_dh_alua the map was made without it (real_dm.h, without_handler()); asking again and
// again would be a reload at every look.
TEST(MapCoalesce, HandlerThatIsNotThereIsNotAskedForAgain) {
    auto path = test_path(0, "a");
    path.handler.clear();
    for (std::string_view now : {"0", "1 alua"}) {
        auto present = test_map("a", cat("0 ", now, " 1 1 service-time 0 1 2 8:0 1 1"));
        auto done = coalesce({&path, 1}, {}, {&present, 1});
        ASSERT_EQ(done.maps.size(), 1u);
        EXPECT_EQ(done.maps[0].handler, now);
    }
}

// decisions.md 9 (queue_mode of a present map is sticky) and 12: queueing was decided by whoever did.
TEST(MapCoalesce, KeepsWhatThePresentMapDoes) {
    struct {
        std::string_view features, want_features, want_handler;
    } rows[] = {
        {"0", "0", "1 alua"},
        {"1 queue_if_no_path", "1 queue_if_no_path", "1 alua"},
        {"2 queue_mode bio", "2 queue_mode bio", "0"},
        {"4 queue_if_no_path retain_attached_hw_handler queue_mode bio", "3 queue_mode bio queue_if_no_path", "0"},
        {"2 pg_init_retries 50", "0", "1 alua"},
    };
    for (const auto& row : rows) {
        auto present = test_map("a", cat(row.features, " 0 1 1 service-time 0 1 2 8:0 1 1"));
        present.name = "mpatha";
        std::vector<Path> paths{test_path(0, "a")};
        auto done = coalesce(paths, {}, {&present, 1});
        ASSERT_EQ(done.maps.size(), 1u) << row.features;
        EXPECT_EQ(done.maps[0].features, row.want_features) << row.features;
        EXPECT_EQ(done.maps[0].handler, row.want_handler) << row.features;
        EXPECT_EQ(done.maps[0].name, "mpatha");
    }
}

TEST(MapCoalesce, FourThousandPathsAreQuick) {
    std::vector<Path> paths;
    for (unsigned n = 0; n < 4096; ++n) paths.push_back(test_path(n, cat("3600", n % 512), n % 2 == 0 ? 50 : 10));
    std::vector<DmMap> present;
    for (unsigned n = 0; n < 512; ++n)
        present.push_back(test_map(cat("3600", n), cat("0 0 1 1 service-time 0 1 2 8:", n * 16, " 1 1")));
    auto start = std::chrono::steady_clock::now();
    auto done = coalesce(paths, {}, present);
    auto time = std::chrono::steady_clock::now() - start;
    EXPECT_EQ(done.maps.size(), 512u);
    EXPECT_EQ(done.maps[0].paths.size(), 8u);
    // Some 30 ms with sanitizers; comparing all with all would take minutes.
    EXPECT_LT(time, std::chrono::seconds(2));
}

}  // namespace
}  // namespace rdm
