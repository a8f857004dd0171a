// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/missing.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "cli/sample_world.h"

namespace rdm {
namespace {

constexpr std::string_view record =
    "recorded 2026-11-20\n\nmap 360060e80123456780000000000000009\nroles root\nsize 209715200\nvendor HITACHI\n"
    "product OPEN-V\npaths 4 fcp\n\nmap 3b\nvendor no\n";

// What a person needs at the console: screens.md, "When root does not come".
TEST(Missing, NoneBearsItAndOneIsNear) {
    Rules rules;
    rules.record = record;
    auto world = sample::four_paths();
    world.paths.resize(2, world.paths[0]);
    world.paths[1].wwid = "3600000000000000000000000000000002";
    EXPECT_EQ(
        missing_text(rules, "360060e80123456780000000000000009", world.paths),
        "  recorded 2026-11-20, roles root, vendor HITACHI, product OPEN-V, paths 4 fcp\n"
        "  seen: 2 disks, 0 with this WWID\n"
        "  of the same make and size: sdb; to boot from it once: rd.mpath.wwid=360060e80123456780000000000000001\n"
        "  to look further: rdmpath list; rdmpath explain");
    world.paths[1].wwid = world.paths[0].wwid;
    EXPECT_TRUE(missing_text(rules, "360060e80123456780000000000000009", world.paths).contains("size: sdb sdd; to"));
    for (auto& path : world.paths) path.sectors = 2048;
    EXPECT_FALSE(missing_text(rules, "360060e80123456780000000000000009", world.paths).contains("same make"));
}

TEST(Missing, ItsPathsSayWhatKeepsThem) {
    auto world = sample::four_paths();
    for (auto& path : world.paths) path.state = PathState::down;
    for (int n = 0; n < 3; ++n) world.paths.push_back(world.paths[0]);
    auto text = missing_text({}, sample::wwid, world.paths);
    EXPECT_TRUE(text.starts_with("  sdb: down, TUR good after 0.3 ms\n  sdd: down, no answer to TUR for 7 s\n"))
        << text;
    EXPECT_TRUE(text.contains("\n  seen: 7 disks, 7 with this WWID\n")) << text;
    EXPECT_FALSE(text.contains("same make")) << text;
    EXPECT_LE(std::ranges::count(text, '\n'), 9);
    world.paths[0].excluded = "devnode \"^sd\" in blacklist: /etc/multipath.conf:4";
    text = missing_text({}, sample::wwid, world.paths);
    EXPECT_TRUE(text.starts_with("  sdb: down, devnode \"^sd\" in blacklist: /etc/multipath.conf:4\n")) << text;
}

TEST(Missing, NothingIsSeenAndNothingWasRecorded) {
    EXPECT_EQ(missing_text({}, "3\n", {}),
              "  seen: 0 disks, 0 with this WWID\n  to look further: rdmpath list; rdmpath explain");
}

}  // namespace
}  // namespace rdm
