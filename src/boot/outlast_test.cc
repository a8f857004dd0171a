// SPDX-License-Identifier: GPL-2.0-or-later
#include "boot/outlast.h"

#include <gtest/gtest.h>

#include "boot/test_boot.h"

// A system that sysvinit ends while root's paths go, in memory. issue 5, section 3: no hang, also with queueing on.

namespace rdm {
namespace {

using namespace std::chrono_literals;

struct Ending : Boot {
    explicit Ending(std::string_view root = "254:0") : Boot(Duty::run) {
        DmMap map;
        map.name = "a";
        map.uuid = cat("mpath-", boot_wwid);
        map.dev = {254, 0};
        map.table = {{0, 2048, "multipath", "1 queue_if_no_path 0 1 1 service-time 0 2 1 8:0 1 8:16 1"}};
        auto there = machine.dm.present(map);
        EXPECT_TRUE(there) << there.error().what();
        machine.files.files["/proc/self/mountinfo"] = cat("22 1 ", root, " / / rw - ext4 /dev/root rw\n");
        machine.dm.forget_asked();
        neighbours.end = true;
    }
    /// How often the system was ended after this time, in which the paths went after one second.
    int ended_after(Milliseconds time) {
        machine.events.after(1s, [this] {
            for (DevNo path : {DevNo{8, 0}, DevNo{8, 16}}) machine.fail_path("a", path);
            machine.dm.forget_asked();
        });
        machine.events.after(time, [this] { machine.stop(); });
        auto worked = outlast(doors());
        EXPECT_TRUE(worked) << worked.error().what();
        return neighbours.ended;
    }
};

TEST(Outlast, LeavesAloneWhatHasPaths) {
    Ending ending;
    ending.machine.events.after(3600s, [&] { ending.machine.stop(); });
    EXPECT_TRUE(outlast(ending.doors()));
    EXPECT_EQ(ending.machine.dm.asked(), "");
    EXPECT_EQ(ending.neighbours.ended, 0);
}

// The patience of `run`: retries.h.
TEST(Outlast, LetsGoAfterFiveSeconds) {
    EXPECT_EQ(Ending().ended_after(5s), 0);
    Ending soon;
    EXPECT_EQ(soon.ended_after(5s), 0);
    EXPECT_EQ(soon.machine.dm.asked(), "");
    Ending later;
    EXPECT_EQ(later.ended_after(8s), 0);
    EXPECT_EQ(later.machine.dm.asked(), "message a fail_if_no_path");
}

TEST(Outlast, BesideMultipathdToo) {
    Ending ending;
    ending.neighbours.multipathd = true;
    ending.neighbours.answer = boot_wwid;
    EXPECT_EQ(ending.ended_after(8s), 0);
    EXPECT_EQ(ending.machine.dm.asked(), "message a fail_if_no_path");
}

// What other file systems have in memory the kernel writes after dirty_expire_centisecs (30 s) and its next look (5 s).
TEST(Outlast, EndsTheSystemWithoutRoot) {
    EXPECT_EQ(Ending().ended_after(37s), 0);
    Ending ending;
    EXPECT_GT(ending.ended_after(43s), 0);
    EXPECT_EQ(ending.said("root has no path").empty(), false);
}

TEST(Outlast, SomebodyElsesMapEndsNothing) {
    Ending ending("8:32");
    ending.machine.arrive("sdc");
    EXPECT_EQ(ending.ended_after(3600s), 0);
    EXPECT_EQ(ending.machine.dm.asked(), "message a fail_if_no_path");
}

// Their disks have no place in sysfs any more, and slaves of the map lead nowhere.
TEST(Outlast, PathsThatWereGoneBefore) {
    Ending ending;
    for (const auto* disk : {"sda", "sdb"}) ending.machine.remove(disk);
    EXPECT_GT(ending.ended_after(43s), 0);
}

TEST(Outlast, WaitsAsLongAsNobodyEndsTheSystem) {
    Ending ending;
    ending.neighbours.end = false;
    EXPECT_EQ(ending.ended_after(3600s), 0);
    EXPECT_EQ(ending.machine.dm.asked(), "");
}

// Who was told to end it waits for root, and PID 1 hears nothing of it; sees it at most 5 s later.
TEST(Outlast, EndsTheSystemForWhoCannot) {
    for (const auto& [time, want] : {std::pair(39s, false), {48s, true}}) {
        Ending ending;
        ending.neighbours.end = false;
        ending.neighbours.stuck = true;
        EXPECT_EQ(ending.ended_after(time) > 0, want) << time;
    }
}

TEST(Outlast, WhatWasAskedForIsNotForgotten) {
    Ending ending;
    ending.neighbours.end = false;
    ending.neighbours.stuck = true;
    ending.machine.events.after(20s, [&] { ending.neighbours.stuck = false; });
    EXPECT_GT(ending.ended_after(48s), 0);
}

TEST(Outlast, WhoIsStuckElsewhereEndsNothing) {
    Ending ending;
    ending.neighbours.end = false;
    ending.neighbours.stuck = true;
    ending.machine.events.after(3600s, [&] { ending.machine.stop(); });
    EXPECT_TRUE(outlast(ending.doors()));
    EXPECT_EQ(ending.neighbours.ended, 0);
}

TEST(Outlast, PathsThatComeBackAreSeen) {
    Ending ending;
    ending.machine.events.after(30s, [&] { ending.machine.reinstate_path("a", {8, 0}); });
    EXPECT_EQ(ending.ended_after(60s), 0);
}

}  // namespace
}  // namespace rdm
