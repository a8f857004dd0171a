// SPDX-License-Identifier: GPL-2.0-or-later
// Expectations: decisions.md 5.2 and 5.3; libmultipath/valid.c of 0.9.4 and 0.14.3, and the stages of tests/valid.c.
#include "path/claim.h"

#include <gtest/gtest.h>

#include <functional>

#include "kernel/fake_files.h"
#include "kernel/fake_sysfs.h"

namespace rdm {
namespace {

using namespace std::chrono_literals;

struct World {
    Rules rules;
    FakeSysfs sysfs;
    FakeFiles files;
    Path disk;

    explicit World(std::string_view mode) {
        rules.config.files = {"/etc/multipath.conf"};
        rules.config.has_main_file = true;
        rules.config.defaults.set(Keyword::find_multipaths, std::string(mode), {.kind = Source::Kind::file, .line = 3});
        disk.name = "sda";
        disk.dev = {8, 0};
        disk.wwid = "a";
        sysfs.file("block/sda/dev", "8:0\n");
        sysfs.directory("block/sda/holders");
        sysfs.file("block/sda/sda2/dev", "8:2\n");
        sysfs.file("block/sda/sda2/partition", "2\n");
        sysfs.directory("block/sda/sda2/holders");
        files.files["/proc/self/mountinfo"] = "22 1 254:0 / / rw,relatime - ext4 /dev/dm-0 rw\n";
        files.files["/proc/swaps"] = "Filename Type Size Used Priority\n/dev/sdb2 partition 1 0 -2\n";
    }
};

std::string spelled(const Claim& claim) {
    constexpr std::string_view answers[] = {"no", "yes", "maybe"};
    return cat(answers[static_cast<int>(claim.answer)], claim.even_if_released ? "!" : "", ": ", claim.why);
}

TEST(Claim, Stages) {
    struct {
        std::string_view name, mode;
        std::function<void(World&)> change;
        std::string_view want;
    } rows[] = {
        {"strict", "strict", [](World&) {},
         "no: find_multipaths strict: /etc/multipath.conf:3, and the WWID is not in /etc/multipath/wwids"},
        {"listed", "strict", [](World& w) { w.rules.wwids.insert("a"); }, "yes!: in /etc/multipath/wwids"},
        {"present", "strict", [](World& w) { w.sysfs.file("block/dm-3/dm/uuid", "mpath-a\n"); },
         "yes: there is a map of it"},
        {"other maps", "off", [](World& w) { w.sysfs.file("block/dm-3/dm/uuid", "mpath-ab\n"); },
         "no: find_multipaths off: /etc/multipath.conf:3, and the WWID is not in /etc/multipath/wwids"},
        {"on is as strict here", "on", [](World&) {},
         "no: find_multipaths on: /etc/multipath.conf:3, and the WWID is not in /etc/multipath/wwids"},
        {"greedy", "greedy", [](World&) {}, "yes: find_multipaths greedy: /etc/multipath.conf:3"},
        {"smart", "smart", [](World&) {}, "maybe: find_multipaths smart: /etc/multipath.conf:3"},
        {"failed", "greedy", [](World& w) { w.rules.failed_wwids.insert("a"); },
         "no: its map failed before (/run/multipath/failed_wwids)"},
        {"named", "strict", [](World& w) { w.rules.named = {"a"}; }, "yes!: named"},
        {"no WWID", "greedy",
         [](World& w) {
             w.disk.wwid.clear();
             w.disk.wwid_from = "VPD 83h: cut short";
         },
         "no: no WWID: VPD 83h: cut short"},
        {"excluded", "greedy", [](World& w) { w.disk.excluded = "devnode \"sd\" in blacklist: default"; },
         "no: devnode \"sd\" in blacklist: default"},
        {"WWID blacklisted", "greedy", [](World& w) { w.rules.config.blacklist.wwid = {{"a", {}}}; },
         "no: wwid \"a\" in blacklist: default"},
        {"mounted", "greedy",
         [](World& w) { w.files.files["/proc/self/mountinfo"] = "22 1 8:2 / / rw - ext4 /dev/root rw\n"; },
         "no: it is mounted; find_multipaths greedy: /etc/multipath.conf:3"},
        {"mounted, by name", "smart",
         [](World& w) { w.files.files["/proc/self/mountinfo"] = "22 1 0:31 / / rw - btrfs /dev/sda2 rw\n"; },
         "no: it is mounted; find_multipaths smart: /etc/multipath.conf:3"},
        {"swap", "smart", [](World& w) { w.files.files["/proc/swaps"] = "/dev/sda partition 1 0 -2\n"; },
         "no: it is swap; find_multipaths smart: /etc/multipath.conf:3"},
        {"held", "greedy", [](World& w) { w.sysfs.file("block/sda/sda2/holders/dm-9/dm/uuid", "LVM-x\n"); },
         "no: sda2 has holders; find_multipaths greedy: /etc/multipath.conf:3"},
        {"in use, but 0.9 does not look", "greedy",
         [](World& w) {
             w.sysfs.file("block/sda/holders/dm-9/dm/uuid", "LVM-x\n");
             w.rules.config.generation = Generation::v0_9;
         },
         "yes: find_multipaths greedy: /etc/multipath.conf:3"},
        {"in use, but listed", "strict",
         [](World& w) {
             w.rules.wwids.insert("a");
             w.sysfs.file("block/sda/holders/dm-9/dm/uuid", "LVM-x\n");
         },
         "yes!: in /etc/multipath/wwids"},
        {"nobody has configured anything", "strict", [](World& w) { w.rules = {}; },
         "maybe: nobody has configured multipath"},
        {"others are named", "strict",
         [](World& w) {
             w.rules = {};
             w.rules.named = {"b"};
         },
         "no: not named"},
    };
    for (const auto& row : rows) {
        World world(row.mode);
        row.change(world);
        EXPECT_EQ(spelled(claim(world.disk, world.rules, world.sysfs, world.files)), row.want) << row.name;
    }
}

TEST(Claim, ByHolder) {
    World world("strict");
    EXPECT_EQ(claim_by_holder(world.sysfs, "sda"), std::nullopt);
    world.sysfs.file("block/sda/holders/dm-8/dm/uuid", "LVM-x\n");
    EXPECT_EQ(claim_by_holder(world.sysfs, "sda"), std::nullopt);
    world.sysfs.file("block/sda/holders/dm-9/dm/uuid", "mpath-3600\n");
    EXPECT_EQ(spelled(*claim_by_holder(world.sysfs, "sda")), "yes!: in the map of 3600");
}

TEST(Claim, Patience) {
    World world("smart");
    Section row;
    EXPECT_EQ(patience(world.disk, world.rules), 1s);
    world.disk.hardware = {&row};
    EXPECT_EQ(patience(world.disk, world.rules), 10s);
    world.rules.config.defaults.set(Keyword::find_multipaths_timeout, "-4", {});
    EXPECT_EQ(patience(world.disk, world.rules), 4s);
    world.disk.hardware.clear();
    world.rules.config.defaults.set(Keyword::find_multipaths_timeout, "30", {});
    EXPECT_EQ(patience(world.disk, world.rules), 30s);
}

TEST(Claim, Lines) {
    using enum Claim::Answer;
    EXPECT_EQ(claim_lines(no, {}), "DM_MULTIPATH_DEVICE_PATH=\"0\"\n");
    EXPECT_EQ(claim_lines(yes, {}), "DM_MULTIPATH_DEVICE_PATH=\"1\"\n");
    EXPECT_EQ(claim_lines(maybe, {}), "DM_MULTIPATH_DEVICE_PATH=\"0\"\n");
    EXPECT_EQ(claim_lines(maybe, 9s + 50us),
              "FIND_MULTIPATHS_WAIT_UNTIL=\"9.000050\"\nDM_MULTIPATH_DEVICE_PATH=\"2\"\n");
    EXPECT_EQ(claim_lines(maybe, 999ms), "FIND_MULTIPATHS_WAIT_UNTIL=\"0\"\nDM_MULTIPATH_DEVICE_PATH=\"0\"\n");
    EXPECT_EQ(claim_lines(yes, -5s), "FIND_MULTIPATHS_WAIT_UNTIL=\"0\"\nDM_MULTIPATH_DEVICE_PATH=\"1\"\n");
}

}  // namespace
}  // namespace rdm
