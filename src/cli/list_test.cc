// SPDX-License-Identifier: GPL-2.0-or-later
// Expectations: the sketch of `rdmpath list` (screens), drawn by hand for these worlds.
#include "cli/list.h"

#include <gtest/gtest.h>

#include "cli/sample_world.h"

namespace rdm {
namespace {

TEST(List, NoDisk) { EXPECT_EQ(list_text({}), "no disk found\n"); }

TEST(List, Assembled) {
    EXPECT_EQ(list_text(sample::assembled()),
              R"(360060e80123456780000000000000001  dm-0  usable, 3 of 4 paths
  100 GiB  HITACHI OPEN-V
  group 1  service-time  prio 50  active
    2:0:0:1  sdb  8:16   up       optimized      fcp 50060e8012345600
    3:0:0:1  sdf  8:80   up       optimized      fcp 50060e8012345601
  group 2  service-time  prio 10  ready
    2:0:1:1  sdd  8:48   pending                 fcp 50060e8012345610
      no answer to TUR for 7 s
    3:0:1:1  sdh  8:112  up       non-optimized  fcp 50060e8012345611
  partitions
    360060e80123456780000000000000001-part1  254:1  1 GiB
    360060e80123456780000000000000001-part2  254:2  99 GiB
)");
}

TEST(List, NotAssembledYet) {
    auto world = sample::four_paths();
    world.decided.maps[0].name = "root";
    EXPECT_TRUE(
        list_text(world).starts_with("root (360060e80123456780000000000000001)  not assembled, 3 of 4 paths\n"
                                     "  100 GiB  HITACHI OPEN-V\n"
                                     "  group 1  service-time  prio 50\n"))
        << list_text(world);
}

TEST(List, States) {
    constexpr auto all_failed = "2 0 0 0 2 1 E 0 2 2 8:16 F 1 0 1 8:80 F 1 0 1 E 0 2 2 8:48 F 1 0 1 8:112 F 1 0 1";
    struct {
        std::string_view name;
        void (*change)(DmMap&);
        std::string_view want;
    } rows[] = {
        {"suspended", [](DmMap& map) { map.suspended = true; }, "suspended, 3 of 4 paths"},
        {"all failed", [](DmMap& map) { map.status = all_failed; }, "no usable path, 0 of 4 paths"},
        {"queueing",
         [](DmMap& map) {
             map.status = all_failed;
             map.table[0].params.replace(0, 1, "1 queue_if_no_path");
         },
         "queueing, 0 of 4 paths"},
        {"odd status", [](DmMap& map) { map.status = "2 0"; }, "no usable path, 0 of 4 paths"},
        {"not multipath", [](DmMap& map) { map.table[0].type = "error"; }, "no usable path, 0 of 4 paths"},
    };
    for (auto& row : rows) {
        auto world = sample::assembled();
        row.change(world.present[0]);
        EXPECT_EQ(lines(list_text(world))[0], cat(sample::wwid, "  dm-0  ", row.want)) << row.name;
    }
}

// A live map is what the kernel makes of it, whether or not its paths have answered us.
TEST(List, AMapIsUsableBeforeItsPathsAnswerUs) {
    auto world = sample::assembled();
    for (auto& path : world.decided.maps[0].paths) path.state = PathState::pending;
    EXPECT_EQ(lines(list_text(world))[0], cat(sample::wwid, "  dm-0  usable, 3 of 4 paths"));
    world.decided.maps[0].paths[0].state = PathState::down;
    EXPECT_EQ(lines(list_text(world))[0], cat(sample::wwid, "  dm-0  usable, 2 of 4 paths"));
}

TEST(List, WhereTheKernelDiffers) {
    auto world = sample::assembled();
    world.present[0].status = "2 0 0 0 2 1 A 0 2 2 8:16 F 3 0 1 8:80 A 0 0 1 D 0 1 2 8:48 A 0 0 1";
    EXPECT_TRUE(list_text(world).contains(R"(
    2:0:0:1  sdb  8:16   up       optimized      fcp 50060e8012345600
      kernel: failed
    3:0:0:1  sdf  8:80   up       optimized      fcp 50060e8012345601
  group 2  service-time  prio 10  disabled
    2:0:1:1  sdd  8:48   pending                 fcp 50060e8012345610
      no answer to TUR for 7 s; kernel: active
    3:0:1:1  sdh  8:112  up       non-optimized  fcp 50060e8012345611
      kernel: not in the map
)")) << list_text(world);
}

TEST(List, NvmeHasNoScsiAddress) {
    World world = sample::four_paths();
    auto& map = world.decided.maps[0];
    map.paths.resize(1);
    map.groups = {{.members = {0}, .priority = 1}};
    map.read_only = true;
    auto& path = map.paths[0];
    path.name = "nvme0n1";
    path.dev = {259, 0};
    path.scsi_id.reset();
    path.vendor = "";
    path.product = "QEMU NVMe Ctrl";
    path.block_size = 4096;
    path.access = Access::unknown;
    path.transport = Transport::nvme_pcie;
    path.target_node = "";
    EXPECT_TRUE(
        list_text(world).contains("\n  100 GiB  QEMU NVMe Ctrl  blocks of 4096  read-only\n"
                                  "  group 1  service-time  prio 1\n"
                                  "    nvme0n1  259:0  up  "))
        << list_text(world);
}

TEST(List, HostileText) {
    auto world = sample::four_paths();
    auto& path = world.decided.maps[0].paths[0];
    path.product = "a\nb\"c";
    path.target_node = "x\x1b[31m";
    auto text = list_text(world);
    EXPECT_TRUE(text.contains("HITACHI a\\x0ab\"c\n"));
    EXPECT_TRUE(text.contains("fcp x\\x1b[31m\n"));
}

TEST(List, MapWithoutAnyPath) {
    auto world = sample::assembled();
    world.paths.clear();
    world.decided.maps.clear();
    EXPECT_EQ(list_text(world), R"(360060e80123456780000000000000001  dm-0  no path of it was found
  100 GiB
  partitions
    360060e80123456780000000000000001-part1  254:1  1 GiB
    360060e80123456780000000000000001-part2  254:2  99 GiB
)");
}

TEST(List, DisksInNoMap) {
    World world;
    world.paths = {sample::lone_disk("sda", 0, "3500a0751e1b2c3d4", "VPD 83h, NAA 5"),
                   sample::lone_disk("sdaa", 160, "", "VPD 83h: cut short"), sample::lone_disk("sdc", 32, "", "")};
    world.decided.refused = {{"3500a0751e1b2c3d4", "one path only; name it with rd.mpath.wwid=3500a0751e1b2c3d4"},
                             {"sdc", "removed"}};
    EXPECT_EQ(list_text(world), R"(in no map
  0:0:0:0  sda   8:0    466 GiB  ATA CT500MX500SSD1  one path only
  0:0:0:0  sdaa  8:160  466 GiB  ATA CT500MX500SSD1  no WWID: VPD 83h: cut short
  0:0:0:0  sdc   8:32   466 GiB  ATA CT500MX500SSD1  removed
)");
}

TEST(List, ManyDisksInNoMap) {
    World world;
    for (unsigned i = 0; i < 300; ++i) {
        auto wwid = cat("3500a0751", i);
        world.paths.push_back(sample::lone_disk(cat("sd", i), i, wwid, "VPD 83h, NAA 5"));
        world.decided.refused.push_back({wwid, cat("one path only; name it with rd.mpath.wwid=", wwid)});
    }
    world.paths.push_back(sample::lone_disk("sdx", 300, "", "VPD 83h: cut short"));
    EXPECT_EQ(list_text(world), R"(in no map: 301 disks; "rdmpath explain" names each
  300  one path only
  1    no WWID: VPD 83h: cut short
)");
}

TEST(List, ManyReasons) {
    World world;
    for (unsigned i = 0; i < 12; ++i) {
        auto name = cat("sd", i);
        world.paths.push_back(sample::lone_disk(name, i, "", ""));
        world.decided.refused.push_back({name, cat("reason ", i)});
    }
    auto text = list_text(world);
    EXPECT_EQ(lines(text).size(), 9u) << text;
    EXPECT_TRUE(text.ends_with("\n  5  other reasons\n")) << text;
}

}  // namespace
}  // namespace rdm
