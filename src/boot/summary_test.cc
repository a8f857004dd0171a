// SPDX-License-Identifier: GPL-2.0-or-later
#include "boot/summary.h"

#include <gtest/gtest.h>

#include "boot/test_boot.h"

// The words for people: the sketches of screens ("During the boot").

namespace rdm {
namespace {

using namespace std::chrono_literals;

constexpr std::string_view wwid = boot_wwid;

TEST(Summary, AllPathsGoneIsTold) {
    Boot boot(Duty::run);
    boot.work(1500ms);
    for (auto disk : {"sda", "sdb"}) boot.machine.remove(disk);
    boot.work(60s);
    EXPECT_EQ(boot.said("removed"), cat(wwid, ": all paths removed"));
}

TEST(Summary, SilentPathsOfARealBoot) {
    Boot boot(Duty::run);
    boot.machine.answer("sdb", "tur", "hang");
    boot.work(60s);
    EXPECT_EQ(boot.said("answer"),
              cat(wwid, ": sdb does not answer (TEST UNIT READY, 5 s so far), going on without it"));
    boot.machine.answer("sda", "tur", "hang");
    boot.work(20s);
    EXPECT_EQ(boot.said("sda"), cat(wwid, ": usable at 0.10 s with 1 of 2 paths (sda)\n", wwid,
                                    ": sda lost (no answer to TEST UNIT READY for 5 s), 0 of 2 paths"));
    EXPECT_EQ(boot.said("no usable path is left"), cat(wwid, ": no usable path is left"));
}

TEST(Summary, HundredsOfSilentPathsAreAFewLines) {
    std::string text(boot_machine);
    for (int n = 10; n < 40; ++n)
        text += cat("[disk sd", char('a' + n % 26), char('a' + n / 26)) +
                cat("]\nlike = sda\nat = pci0/host", n, "/target", n, ":0:0/", n, ":0:0:0/block/sd", char('a' + n % 26),
                    char('a' + n / 26)) +
                cat("\ndev = 65:", n * 16, "\nsg = sg", n, " 21:", n, "\ntur = hang\n");
    Boot boot(Duty::run, text);
    boot.work(60s);
    EXPECT_EQ(lines(boot.said("not answer")).size(), 9U);
}

// The kernel has a path active that we know to be down: that is not "usable again with 0 of 2 paths".
TEST(Summary, UsableMeansThatAPathTakesIo) {
    Boot boot(Duty::assemble);
    boot.work(60s);
    auto decided = boot.engine.decided();
    for (auto& path : decided.maps[0].paths) path.state = PathState::down;
    EXPECT_FALSE(summarize(decided, boot.engine.present()).begin()->second.usable);
}

}  // namespace
}  // namespace rdm
