// SPDX-License-Identifier: GPL-2.0-or-later
#include "boot/engine.h"

#include <gtest/gtest.h>

#include "boot/test_boot.h"
#include "map/test_rules.h"

// The loop on machines in memory. Tables, messages and names are expected as multipath-tools 0.14.3 makes them without
// a configuration (decisions.md 8, 9, 11); the WWID is NAA 6 of SPC-4's Device Identification page.

namespace rdm {
namespace {

using namespace std::chrono_literals;

constexpr std::string_view wwid = boot_wwid;

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
        Engine again(boot.doors(), no_rules, Duty::assemble);
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

    Boot named(Duty::assemble, boot_machine, {.named = {std::string(wwid)}});
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
    Engine other(boot.doors(), no_rules, Duty::assemble);
    ASSERT_TRUE(other.work(boot.machine.events.now() + 1s));
    boot.work(1s);
    EXPECT_TRUE(boot.engine.missing().empty());
}

TEST(Engine, NothingPresentIsNothingToWaitFor) {
    constexpr auto none = "rdmpath machine 1\n";
    Boot boot(Duty::wait_for_present, none);
    boot.work(10s);
    EXPECT_LT(boot.machine.events.now(), Moment(1s));
    Rules rules;
    rules.named = {std::string(wwid)};
    Boot named(Duty::wait_for_present, none, rules);
    named.work(10s);
    EXPECT_GE(named.machine.events.now(), Moment(10s));
    Boot present(Duty::wait_for_present);
    present.work(10s);
    EXPECT_GE(present.machine.events.now(), Moment(10s)) << "its map may come";
}

// handoff.md 5: what the configuration demands, and what was named; architecture.md: wait WWID, for that alone.
TEST(Engine, NamedMapsAndThoseOfTheConfigurationAreWaitedFor) {
    const std::string other = "36001405aabbccdd11223344556677999";
    struct {
        std::string_view name;
        bool configured, alone;
        std::vector<std::string> named, want;
    } rows[] = {
        {"named", false, false, {other}, {other}},
        {"configured", true, false, {}, {std::string(wwid)}},
        {"both", true, false, {other}, {other, std::string(wwid)}},
        {"both, the same", true, false, {std::string(wwid)}, {std::string(wwid)}},
        {"a verb's words", true, true, {other}, {other}},
    };
    for (const auto& row : rows) {
        auto rules = row.configured ? test_rules({{Keyword::find_multipaths, "on"}}) : Rules{};
        rules.named = row.named;
        rules.named_alone = row.alone;
        Boot boot(Duty::wait, boot_machine, rules);
        boot.work(1s);
        EXPECT_EQ(boot.engine.missing(), row.want) << row.name;
        EXPECT_FALSE(boot.engine.nothing_to_do()) << row.name;
    }
}

TEST(Engine, SaysOnceWhatIsNotAsMultipathdHasIt) {
    auto rules = test_rules({{Keyword::find_multipaths, "strict"}, {Keyword::prio, "random"}});
    rules.named = {std::string(wwid)};
    Boot boot(Duty::run, boot_machine, rules);
    boot.work(20s);
    EXPECT_EQ(boot.active(), "sda sdb");
    EXPECT_EQ(boot.said("random"), "prio random: /etc/multipath.conf:12: nobody can foretell it; const in its place");
    EXPECT_EQ(boot.said("will not"),
              cat(wwid,
                  ": the main system's multipathd will not have this map: find_multipaths strict: "
                  "/etc/multipath.conf:11, and the WWID is not in /etc/multipath/wwids; multipath -a /dev/sda, "
                  "then rebuild the image"));
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
