// SPDX-License-Identifier: GPL-2.0-or-later
#include "boot/udev_pause.h"

#include <gtest/gtest.h>

#include "boot/test_boot.h"

// What waits while udev is away around switch_root: handoff.md 2, hosts.md trap 11.

namespace rdm {
namespace {

using namespace std::chrono_literals;

constexpr std::string_view wwid = boot_wwid;

TEST(UdevPause, ATableWaitsForUdevToReturn) {
    Boot boot(Duty::run);
    boot.work(2s);
    boot.neighbours.udev = false;
    boot.machine.dm.forget_asked();
    boot.machine.arrive("sdc");
    boot.work(10s);
    EXPECT_EQ(boot.machine.dm.asked(), "");
    boot.neighbours.udev = true;
    boot.work(1s);
    EXPECT_EQ(boot.active(), "sda sdb sdc");
}

TEST(UdevPause, ButNotForEver) {
    Boot boot(Duty::run);
    boot.work(2s);
    boot.neighbours.udev = false;
    boot.machine.arrive("sdc");
    boot.work(29s);
    EXPECT_EQ(boot.active(), "sda sdb");
    boot.work(3s);
    EXPECT_EQ(boot.active(), "sda sdb sdc");
}

TEST(UdevPause, MessagesGoOn) {
    Boot boot(Duty::run);
    boot.work(2s);
    boot.neighbours.udev = false;
    boot.machine.fail_path(wwid, {8, 0});
    boot.work(3s);
    EXPECT_EQ(boot.machine.dm.usable_paths(wwid), 2U);
}

// Root's I/O waits for it: nobody waits for udev then.
TEST(UdevPause, AMapWithoutAPathIsHelpedAtOnce) {
    Boot boot(Duty::run);
    boot.work(2s);
    boot.machine.dm.open(wwid);
    boot.neighbours.udev = false;
    boot.machine.remove("sda");
    boot.machine.remove("sdb");
    boot.machine.fail_path(wwid, {8, 0});
    boot.machine.fail_path(wwid, {8, 16});
    boot.work(2s);
    boot.machine.arrive("sdc");
    boot.work(2s);
    EXPECT_EQ(boot.table(), "0 0 1 1 service-time 0 1 2 8:32 1 1");
}

TEST(UdevPause, NewMapsWaitToo) {
    Boot boot(Duty::run);
    boot.work(2s);
    boot.neighbours.udev = false;
    boot.machine.add(
        "[disk sdx]\nat = pci0/host8/target8:0:0/8:0:0:0/block/sdx\ndev = 65:112\nsize = 2048\nsg = sg8 21:8\n"
        "device/vpd_pg83 = hex 00 83 00 14 01 03 00 10 60 01 40 5a ab bc cd d1 12 23 34 45 56 67 78 90\n"
        "[disk sdy]\nlike = sdx\nat = pci0/host9/target9:0:0/9:0:0:0/block/sdy\ndev = 65:128\nsg = sg9 21:9\n");
    boot.work(5s);
    EXPECT_FALSE(boot.machine.dm.map("36001405aabbccdd11223344556677890"));
    boot.neighbours.udev = true;
    boot.work(1s);
    EXPECT_TRUE(boot.machine.dm.map("36001405aabbccdd11223344556677890"));
}

// An image without udev, where nothing would ever come of waiting.
TEST(UdevPause, NobodyWaitsForAUdevThatWasNeverThere) {
    Boot boot(Duty::run);
    boot.neighbours.udev = false;
    boot.work(2s);
    EXPECT_EQ(boot.active(), "sda sdb");
}

}  // namespace
}  // namespace rdm
