// SPDX-License-Identifier: GPL-2.0-or-later
#include "boot/engine.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "kernel/fake_machine.h"

// The loop on machines in memory. Tables, messages and names are expected as multipath-tools 0.14.3 makes them without
// a configuration (decisions.md 8, 9, 11); the WWID is NAA 6 of SPC-4's Device Identification page.

namespace rdm {
namespace {

using namespace std::chrono_literals;

constexpr std::string_view wwid = "36001405aabbccdd11223344556677889";

/// Two paths to one disk of 1 MiB without a partition table; sdc is a third one, not there yet.
constexpr std::string_view machine_text = R"(rdmpath machine 1
[disk sda]
at = pci0/host2/target2:0:0/2:0:0:0/block/sda
dev = 8:0
size = 2048
sg = sg0 21:0
device/vendor = "LIO-ORG "
device/model = "disk            "
device/rev = 4.0
device/vpd_pg83 = hex 00 83 00 14 01 03 00 10 60 01 40 5a ab bc cd d1 12 23 34 45 56 67 78 89
tur = good after 2ms
read = good after 2ms
[disk sdb]
like = sda
at = pci0/host3/target3:0:0/3:0:0:0/block/sdb
dev = 8:16
sg = sg1 21:1
[disk sdc]
like = sda
at = pci0/host4/target4:0:0/4:0:0:0/block/sdc
dev = 8:32
sg = sg2 21:2
present = no
)";

struct Boot {
    explicit Boot(Duty duty, std::string_view text = machine_text, Selection selection = {})
        : machine(text), engine(doors(), std::move(selection), duty) {}
    Doors doors() {
        return {machine.sysfs, machine.scsi, machine.dm, machine.blocks, machine.workers, machine.events, log};
    }
    void work(Milliseconds time) {
        auto worked = engine.work(machine.events.now() + time);
        ASSERT_TRUE(worked) << worked.error().what;
    }
    [[nodiscard]] std::string table() const {
        auto map = machine.dm.map(wwid);
        return map ? map->table[0].params : "none";
    }
    [[nodiscard]] std::string active() const {
        std::string names;
        for (const auto& [id, map] : summarize(engine.world()))
            for (const auto& [name, where] : map.working) names += (names.empty() ? "" : " ") + name;
        return names;
    }

    FakeMachine machine;
    std::vector<std::string> lines;
    Log log{[this](LogLevel, const std::string& line) { lines.push_back(line); }};
    Engine engine;
};

TEST(Engine, AssembleMakesTheMapOfTwoPathsAtOnce) {
    Boot boot(Duty::assemble);
    boot.work(60s);
    EXPECT_EQ(boot.table(), "0 0 2 1 service-time 0 1 2 8:0 1 1 service-time 0 1 2 8:16 1 1");
    EXPECT_EQ(boot.machine.dm.map(wwid)->uuid, cat("mpath-", wwid));
    EXPECT_TRUE(boot.engine.missing().empty());
    EXPECT_LT(boot.machine.events.now(), Moment(100ms)) << "nothing to wait for";
}

TEST(Engine, RepeatingChangesNothing) {
    Boot boot(Duty::assemble);
    boot.work(60s);
    boot.machine.dm.forget_asked();
    for (int i = 0; i < 3; ++i) {
        Engine again(boot.doors(), {}, Duty::assemble);
        ASSERT_TRUE(again.work(boot.machine.events.now() + 60s));
        EXPECT_TRUE(again.missing().empty());
    }
    EXPECT_EQ(boot.machine.dm.asked(), "");
}

TEST(Engine, OnePathAloneIsNoMapUnlessNamed) {
    Boot boot(Duty::assemble);
    boot.machine.remove("sdb");
    boot.work(60s);
    EXPECT_EQ(boot.table(), "none");
    EXPECT_TRUE(boot.engine.nothing_to_do());

    Boot named(Duty::assemble, machine_text, {.wwids = {std::string(wwid)}});
    named.machine.remove("sdb");
    named.work(60s);
    EXPECT_EQ(named.table(), "0 0 1 1 service-time 0 1 2 8:0 1 1");
}

TEST(Engine, SilentPathHoldsUpNobodyAndJoinsWhenItAnswers) {
    for (std::string_view command : {"tur", "read"}) {
        Boot boot(Duty::run);
        boot.machine.answer("sda", command, "good after 7s");
        boot.work(100ms);
        EXPECT_EQ(boot.table(), "0 0 1 1 service-time 0 1 2 8:16 1 1") << command;
        EXPECT_EQ(boot.engine.missing(), std::vector<std::string>{}) << command;
        boot.work(10s);
        EXPECT_EQ(boot.active(), "sda sdb") << command;
    }
}

TEST(Engine, AssembleLeavesASilentPathBehind) {
    Boot boot(Duty::assemble);
    boot.machine.answer("sdb", "tur", "hang");
    boot.work(60s);
    EXPECT_EQ(boot.active(), "sda");
    EXPECT_LT(boot.machine.events.now(), Moment(300ms));
}

TEST(Engine, DeadPathIsInTheTableAndFailed) {
    Boot boot(Duty::run);
    boot.machine.answer("sda", "tur", "host 0x01");
    boot.work(500ms);
    // decisions.md 8: of equal priorities, the group with more usable paths comes first
    EXPECT_EQ(boot.table(), "0 0 2 1 service-time 0 1 2 8:16 1 1 service-time 0 1 2 8:0 1 1");
    EXPECT_EQ(boot.machine.dm.usable_paths(wwid), 1U);
    boot.machine.answer("sda", "tur", "good");
    boot.machine.dm.forget_asked();
    boot.work(5s);
    EXPECT_EQ(boot.machine.dm.asked(), cat("message ", wwid, " reinstate_path 8:0"));
    EXPECT_EQ(boot.active(), "sda sdb");
}

TEST(Engine, OfflinePathIsLeftOutAndJoinsWhenItRuns) {
    Boot boot(Duty::run);
    boot.machine.set("sda", "device/state", "offline");
    boot.work(500ms);
    EXPECT_EQ(boot.table(), "0 0 1 1 service-time 0 1 2 8:16 1 1");
    boot.machine.set("sda", "device/state", "running");
    boot.work(6s);
    EXPECT_EQ(boot.active(), "sda sdb");
}

TEST(Engine, LatePathJoinsAndARemovedOneLeaves) {
    Boot boot(Duty::run);
    boot.work(1s);
    boot.machine.arrive("sdc");
    boot.work(1s);
    EXPECT_EQ(boot.active(), "sda sdb sdc");
    boot.machine.remove("sda");
    boot.work(1s);
    EXPECT_EQ(boot.active(), "sdb sdc");
    EXPECT_EQ(boot.table(), "0 0 2 1 service-time 0 1 2 8:16 1 1 service-time 0 1 2 8:32 1 1");
}

TEST(Engine, ReinstatesAPathThatTheKernelFailed) {
    Boot boot(Duty::run);
    boot.work(1s);
    boot.machine.fail_path(wwid, {8, 0});
    EXPECT_EQ(boot.machine.dm.usable_paths(wwid), 1U);
    boot.work(3s);
    EXPECT_EQ(boot.machine.dm.usable_paths(wwid), 2U);
}

// A path that is in use (a stray mount, LVM) cannot join: what the map has is looked after all the same, and the worker
// processes are as few as the tries.
TEST(Engine, RefusedReloadHoldsUpNothingElse) {
    Boot boot(Duty::run);
    boot.machine.answer("sda", "tur", "host 0x01");
    boot.work(3s);
    EXPECT_EQ(boot.active(), "sdb");
    boot.machine.dm.busy = {{8, 32}};
    boot.machine.arrive("sdc");
    boot.lines.clear();
    boot.machine.dm.forget_asked();
    boot.work(20s);
    EXPECT_FALSE(boot.machine.dm.asked().contains("message")) << boot.machine.dm.asked();
    EXPECT_LT(boot.machine.dm.asked().size(), 12 * wwid.size()) << "tried again with growing pauses";
    EXPECT_EQ(std::ranges::count_if(boot.lines, [](auto& line) { return line.contains("trying again"); }), 1);
    boot.machine.answer("sda", "tur", "good");
    boot.work(5s);
    EXPECT_EQ(boot.active(), "sda sdb");
    boot.machine.dm.busy.clear();
    boot.work(10s);
    EXPECT_EQ(boot.active(), "sda sdb sdc");
}

TEST(Engine, LastPathGoneKeepsTheMapUntilOneReturns) {
    Boot boot(Duty::run);
    boot.work(1s);
    boot.machine.dm.open(wwid);
    boot.machine.remove("sda");
    boot.machine.remove("sdb");
    boot.work(2s);
    EXPECT_NE(boot.table(), "none");
    boot.machine.arrive("sdc");
    boot.work(2s);
    EXPECT_EQ(boot.table(), "0 0 1 1 service-time 0 1 2 8:32 1 1");
}

TEST(Engine, LostUeventsAreMadeUpFor) {
    Boot boot(Duty::run);
    boot.work(1s);
    boot.machine.lose_uevents();
    boot.machine.sysfs.remove("devices/pci0/host2/target2:0:0/2:0:0:0");
    boot.work(1s);
    EXPECT_EQ(boot.active(), "sdb");
}

TEST(Engine, WaitTouchesNothingAndSeesTheMapCome) {
    Boot boot(Duty::wait);
    boot.work(1s);
    EXPECT_EQ(boot.engine.missing(), std::vector<std::string>{std::string(wwid)});
    EXPECT_EQ(boot.machine.dm.asked(), "");
    Engine other(boot.doors(), {}, Duty::assemble);
    ASSERT_TRUE(other.work(boot.machine.events.now() + 1s));
    boot.work(1s);
    EXPECT_TRUE(boot.engine.missing().empty());
}

TEST(Engine, StopEndsTheLoop) {
    Boot boot(Duty::run);
    boot.machine.stop();
    boot.work(3600s);
    EXPECT_TRUE(boot.engine.stopped());
    EXPECT_LT(boot.machine.events.now(), Moment(1s));
}

}  // namespace
}  // namespace rdm
