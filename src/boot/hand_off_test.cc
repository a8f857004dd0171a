// SPDX-License-Identifier: GPL-2.0-or-later
#include "boot/hand_off.h"

#include <gtest/gtest.h>

#include "boot/test_boot.h"
#include "map/test_rules.h"

// `run` and the main system's multipathd, on machines in memory: handoff.md 6.

namespace rdm {
namespace {

using namespace std::chrono_literals;

constexpr std::string_view wwid = boot_wwid;

TEST(HandOff, LeavesWhenMultipathdListsTheMaps) {
    Boot boot(Duty::run);
    boot.work(2s);
    boot.neighbours.multipathd = true;
    boot.work(5s);
    EXPECT_FALSE(boot.engine.handed_over()) << "it has none yet";
    boot.neighbours.answer = wwid;
    auto before = boot.machine.events.now();
    boot.work(3600s);
    EXPECT_TRUE(boot.engine.handed_over());
    EXPECT_LT(boot.machine.events.now(), before + 2s);
    EXPECT_EQ(boot.lines.back(),
              cat("multipathd has taken over 1 map after ",
                  seconds(std::chrono::duration_cast<Milliseconds>(boot.machine.events.now().time_since_epoch())),
                  "; leaving"));
}

TEST(HandOff, StaysForEverWithoutMultipathd) {
    Boot boot(Duty::run);
    boot.work(2s);
    boot.machine.answer("sda", "tur", "host 0x01");
    boot.work(7200s);
    EXPECT_EQ(boot.active(), "sdb");
    boot.machine.answer("sda", "tur", "good");
    boot.work(10s);
    EXPECT_EQ(boot.active(), "sda sdb");
    EXPECT_EQ(boot.neighbours.asked, 0) << "a question may be what starts it";
    EXPECT_FALSE(boot.neighbours.asked_too_early);
}

// The lock is there some time before the maps are: multipathd/main.c, child().
TEST(HandOff, SendsNothingWhileMultipathdStarts) {
    Boot boot(Duty::run);
    boot.work(2s);
    boot.machine.dm.forget_asked();
    boot.neighbours.multipathd = true;
    boot.machine.arrive("sdc");
    boot.machine.fail_path(wwid, {8, 0});
    boot.machine.answer("sdb", "tur", "host 0x01");
    boot.machine.dm.forget_asked();
    boot.work(20s);
    EXPECT_EQ(boot.machine.dm.asked(), "") << "neither message nor table";
    boot.neighbours.multipathd = false;
    boot.work(20s);
    EXPECT_EQ(boot.active(), "sda sdc") << "it has ended: everything is ours again";
    EXPECT_EQ(boot.said("taken over"), "");
    EXPECT_FALSE(boot.neighbours.asked_too_early);
}

// In the initramfs as well: whoever holds the lock makes the maps.
TEST(HandOff, MakesNoMapsBesideAMultipathdThatIsThereFirst) {
    Boot boot(Duty::run);
    boot.neighbours.multipathd = true;
    boot.neighbours.answer = "timeout";
    boot.work(20s);
    EXPECT_EQ(boot.machine.dm.asked(), "");
    boot.neighbours.multipathd = false;
    boot.work(2s);
    EXPECT_EQ(boot.active(), "sda sdb");
}

// handoff.md 5, the wwids trap: multipathd runs and will not have the map.
TEST(HandOff, GoesOnWithWhatMultipathdDoesNotList) {
    Boot boot(Duty::run, boot_machine, test_rules({{Keyword::find_multipaths, "off"}}));
    boot.machine.add(
        "[disk sdx]\nat = pci0/host9/target9:0:0/9:0:0:0/block/sdx\ndev = 65:112\nsize = 2048\nsg = sg9 21:9\n"
        "device/vpd_pg83 = hex 00 83 00 14 01 03 00 10 60 01 40 5a ab bc cd d1 12 23 34 45 56 67 78 90\n"
        "device/vendor = \"LIO-ORG \"\ndevice/model = \"disk            \"\n");
    const std::string other = "36001405aabbccdd11223344556677890";
    boot.work(3s);
    ASSERT_TRUE(boot.machine.dm.map(other));
    boot.neighbours.multipathd = true;
    boot.neighbours.answer = other;
    boot.work(29s);
    EXPECT_EQ(boot.said("does not take"), "");
    boot.work(10s);
    const auto warning = cat(wwid, ": multipathd does not take it over, going on; run: multipath -a /dev/sda; ",
                             "multipathd reconfigure");
    EXPECT_EQ(boot.said("does not take"), warning);
    boot.machine.dm.forget_asked();
    boot.machine.fail_path(other, {65, 112});
    boot.machine.fail_path(wwid, {8, 0});
    boot.machine.dm.forget_asked();
    boot.work(20s);
    EXPECT_EQ(boot.machine.dm.asked(), cat("message ", wwid, " reinstate_path 8:0")) << "the other one is not ours";
    EXPECT_EQ(boot.said("does not take"), warning) << "once";
    boot.neighbours.answer = cat(other, '\n', wwid);
    boot.work(3600s);
    EXPECT_TRUE(boot.engine.handed_over());
    EXPECT_TRUE(boot.lines.back().starts_with("multipathd has taken over 2 maps after ")) << boot.lines.back();
}

TEST(HandOff, GivesAMultipathdThatDoesNotAnswerMoreTime) {
    Boot boot(Duty::run);
    boot.work(2s);
    boot.neighbours.multipathd = true;
    boot.neighbours.answer = "";
    boot.work(110s);
    boot.machine.fail_path(wwid, {8, 0});
    boot.work(5s);
    EXPECT_EQ(boot.machine.dm.usable_paths(wwid), 1U) << "it may be about to look";
    boot.work(20s);
    EXPECT_EQ(boot.machine.dm.usable_paths(wwid), 2U) << "nobody else would take it back";
    EXPECT_EQ(boot.said("does not take").empty(), false);
}

// Between a batch's table and its end nobody leaves.
TEST(HandOff, FinishesABatchFirst) {
    Boot boot(Duty::run);
    boot.work(2s);
    boot.workers.batch_takes = 5s;
    boot.machine.arrive("sdc");
    boot.work(1s);
    boot.neighbours.multipathd = true;
    boot.neighbours.answer = wwid;
    boot.work(3600s);
    EXPECT_TRUE(boot.engine.handed_over());
    EXPECT_TRUE(boot.table().contains("8:32")) << boot.table();
    EXPECT_LT(boot.machine.events.now(), Moment(10s));
    EXPECT_FALSE(boot.said("taken over").contains('\n')) << "said once";
}

TEST(HandOff, OtherVerbsTakeNoNotice) {
    for (Duty duty : {Duty::assemble, Duty::look, Duty::wait}) {
        Boot boot(duty);
        boot.neighbours.multipathd = true;
        boot.neighbours.answer = wwid;
        boot.work(2s);
        EXPECT_EQ(boot.neighbours.asked, 0);
        EXPECT_FALSE(boot.engine.handed_over());
    }
}

}  // namespace
}  // namespace rdm
