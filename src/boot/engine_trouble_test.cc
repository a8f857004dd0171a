// SPDX-License-Identifier: GPL-2.0-or-later
#include "boot/engine.h"

#include <gtest/gtest.h>

#include "boot/test_boot.h"

// The loop when things go wrong. Boot's events end every test in which the loop turns without time passing.

namespace rdm {
namespace {

using namespace std::chrono_literals;

constexpr std::string_view wwid = boot_wwid;
constexpr std::string_view refusal = "the kernel refused the table: Invalid argument";

TEST(EngineTrouble, UnreadTableOfALostMapWakesNobody) {
    for (bool vanishes : {false, true}) {
        Boot boot(Duty::run, boot_machine, {.named = {std::string(wwid)}});
        boot.machine.remove("sdb");
        boot.machine.events.after(4ms, [&] { boot.machine.answer("sda", "read", "host 0x07"); });
        boot.machine.events.after(60ms, [&] {
            if (vanishes)
                boot.machine.remove("sda");
            else
                boot.machine.answer("sda", "tur", "host 0x01");
        });
        boot.work(20s);
    }
}

TEST(EngineTrouble, HopesAsLongAsOneMorePathAnswers) {
    Boot boot(Duty::assemble, boot_machine, {.named = {std::string(wwid), "36001405aabbccdd1122334455667788a"}});
    boot.machine.answer("sda", "tur", "good after 6s");
    boot.machine.answer("sdb", "tur", "good after 12s");
    boot.machine.arrive("sdc");
    boot.machine.answer("sdc", "tur", "hang");
    boot.work(60s);
    EXPECT_EQ(boot.table(), "0 0 2 2 service-time 0 1 2 8:0 1 1 service-time 0 1 2 8:16 1 1");
    EXPECT_GE(boot.machine.events.now(), Moment(22s));
    EXPECT_LT(boot.machine.events.now(), Moment(23s));
}

// A map of standby paths alone, if the optimized ones are slower, has the array change sides: boots 23 and 24, "b
// standby".
TEST(EngineTrouble, TheFirstMapHasAllThatAnswerSoon) {
    Boot boot(Duty::assemble);
    boot.machine.answer("sda", "tur", "good after 90ms");
    boot.work(60s);
    EXPECT_EQ(boot.machine.dm.asked(), cat("create ", wwid));
    EXPECT_EQ(boot.machine.dm.usable_paths(wwid), 2U);
    EXPECT_LT(boot.machine.events.now(), Moment(100ms));
}

/// Looking at sdb takes its time, as looking at thousands of disks does.
struct SlowSysfs : Sysfs {
    explicit SlowSysfs(FakeMachine& all) : machine(all) {}
    [[nodiscard]] Result<std::string> read(std::string_view path) const override {
        if (path == "block/sdb/dev") machine.events.pass(6s);
        return machine.sysfs.read(path);
    }
    [[nodiscard]] Result<std::vector<std::string>> list(std::string_view directory) const override {
        return machine.sysfs.list(directory);
    }
    [[nodiscard]] Result<std::string> real_path(std::string_view path) const override {
        return machine.sysfs.real_path(path);
    }
    Result<void> write(std::string_view path, std::string_view text) override {
        return machine.sysfs.write(path, text);
    }
    FakeMachine& machine;
};

TEST(EngineTrouble, NobodyIsSilentWhoseAnswerOnlyHasToBeRead) {
    Boot boot(Duty::assemble);
    SlowSysfs slow(boot.machine);
    auto doors = boot.doors();
    Engine engine({slow, doors.files, doors.scsi, doors.dm, doors.blocks, doors.workers, doors.events, doors.log},
                  no_rules, Duty::assemble);
    ASSERT_TRUE(engine.work(boot.machine.events.now() + 60s));
    EXPECT_EQ(boot.said("answer"), "");
    EXPECT_EQ(boot.machine.dm.usable_paths(wwid), 2U);
}

TEST(EngineTrouble, RefusalsWakeNobodyWhileABatchIsUnderWay) {
    Boot boot(Duty::run);
    boot.workers.batch_takes = 3s;
    boot.dm.refuse = [](const DmAction& action) {
        return action.kind == DmAction::Kind::create ? std::string(refusal) : "";
    };
    boot.machine.events.after(3100ms, [&] { boot.machine.arrive("sdc"); });
    boot.work(20s);
    EXPECT_EQ(boot.said("refused"), cat(wwid, ": ", refusal, ", trying again")) << "said once, the map named once";
}

/// Refuses each table that holds sda (8:0), as the kernel does a path that somebody else has claimed.
std::string no_sda(const DmAction& action, std::string_view names) {
    bool refused = !action.table.empty() && action.table[0].params.contains(" 8:0 ");
    return refused ? cat("the kernel refused the table: Device or resource busy", names) : "";
}

TEST(EngineTrouble, AMapComesUpWithoutThePathThatTheKernelRefuses) {
    Boot boot(Duty::assemble);
    boot.dm.refuse = [](const DmAction& action) { return no_sda(action, ": sda"); };
    boot.work(60s);
    EXPECT_EQ(boot.table(), "0 0 1 1 service-time 0 1 2 8:16 1 1");
    EXPECT_LT(boot.machine.events.now(), Moment(1s));
    EXPECT_TRUE(boot.engine.missing().empty());
    EXPECT_FALSE(boot.engine.refused());

    Boot later(Duty::run);
    later.dm.refuse = boot.dm.refuse;
    later.work(40s);
    EXPECT_EQ(later.said("refused"),
              cat(wwid, ": the kernel refused the table: Device or resource busy: sda, trying again"));
    later.dm.refuse = nullptr;
    later.work(20s);
    EXPECT_EQ(later.active(), "sda sdb");
}

TEST(EngineTrouble, ARefusedNewcomerDoesNotStopTheRest) {
    Boot boot(Duty::run);
    boot.machine.remove("sda");
    boot.machine.arrive("sdc");
    boot.work(1500ms);
    EXPECT_EQ(boot.active(), "sdb sdc");
    boot.dm.refuse = [](const DmAction& action) { return no_sda(action, ""); };
    boot.machine.arrive("sda");
    boot.work(2s);
    boot.machine.answer("sdb", "tur", "host 0x01");
    boot.work(6s);
    EXPECT_EQ(boot.machine.dm.usable_paths(wwid), 1U);
    boot.machine.answer("sdb", "tur", "good");
    boot.work(3s);
    EXPECT_EQ(boot.machine.dm.usable_paths(wwid), 2U);
}

// The kernel refuses a path that sysfs calls offline (dm_get_device, ENXIO): looked at again at once.
TEST(EngineTrouble, APathThatWentOfflineSinceItsCheckIsLeftOut) {
    Boot boot(Duty::assemble);
    boot.machine.events.after(3ms, [&] { boot.machine.set("sda", "device/state", "offline"); });
    boot.work(60s);
    EXPECT_EQ(boot.active(), "sdb");
    EXPECT_LT(boot.machine.events.now(), Moment(1s));
}

TEST(EngineTrouble, LookingReadsThroughNoMap) {
    Boot boot(Duty::assemble);
    boot.work(60s);
    for (auto disk : {"sda", "sdb"}) boot.machine.answer(disk, "read", "hang");
    auto before = boot.machine.events.now();
    auto started = boot.workers.started;
    Engine look(boot.doors(), no_rules, Duty::look);
    ASSERT_TRUE(look.work({}));
    EXPECT_LE(boot.machine.events.now(), before + 200ms);
    EXPECT_EQ(boot.workers.started, started);
}

TEST(EngineTrouble, PatienceIsOverWhileABatchIsUnderWay) {
    Boot boot(Duty::assemble);
    boot.workers.batch_takes = 3s;
    boot.machine.answer("sdb", "tur", "hang");
    boot.machine.events.after(3050ms, [&] { boot.machine.arrive("sdc"); });
    boot.work(60s);
    EXPECT_EQ(boot.active(), "sda sdc");
}

TEST(EngineTrouble, AssembleGivesUpOnAllSilentPathsAfterTenSeconds) {
    Boot boot(Duty::assemble);
    for (auto disk : {"sda", "sdb"}) boot.machine.answer(disk, "tur", "hang");
    boot.work(60s);
    EXPECT_EQ(boot.machine.events.now(), Moment(10s));
    EXPECT_EQ(boot.table(), "none");
}

// Not Ready 04/0a, asymmetric access state transition (SPC-4): it ends within seconds.
TEST(EngineTrouble, AssembleStaysForPathsInTransition) {
    Boot boot(Duty::assemble);
    for (auto disk : {"sda", "sdb"}) boot.machine.answer(disk, "tur", "sense 2 04 0a");
    boot.machine.events.after(2500ms, [&] {
        for (auto disk : {"sda", "sdb"}) boot.machine.answer(disk, "tur", "good");
    });
    boot.work(60s);
    EXPECT_EQ(boot.active(), "sda sdb");
    EXPECT_LT(boot.machine.events.now(), Moment(4s));
}

TEST(EngineTrouble, StopWaitsForTheBatchUnderWay) {
    Boot boot(Duty::run);
    boot.workers.batch_takes = 3s;
    boot.machine.events.after(1s, [&] { boot.machine.stop(); });
    boot.work(60s);
    EXPECT_TRUE(boot.engine.stopped());
    EXPECT_EQ(boot.machine.dm.usable_paths(wwid), 2U) << "the worker would die with us";
    EXPECT_LT(boot.machine.events.now(), Moment(4s));
}

TEST(EngineTrouble, StopDoesNotWaitForEver) {
    Boot boot(Duty::run);
    boot.workers.batch_takes = 50s;
    boot.machine.events.after(1s, [&] { boot.machine.stop(); });
    boot.work(60s);
    EXPECT_EQ(boot.machine.events.now(), Moment(11s));
}

// multipathd checks a failed path before it reinstates it.
TEST(EngineTrouble, AFailedPathIsNotReinstatedOnAnOldAnswer) {
    for (std::string_view command : {"tur", "read"}) {
        Boot boot(Duty::run);
        boot.work(1500ms);
        boot.machine.events.after(10ms, [&] {
            boot.machine.answer("sda", command, "hang");
            boot.machine.fail_path(wwid, {8, 0});
        });
        boot.work(10s);
        EXPECT_EQ(boot.machine.dm.usable_paths(wwid), 1U) << command;
        boot.machine.answer("sda", command, "good");
        boot.work(6s);
        EXPECT_EQ(boot.machine.dm.usable_paths(wwid), 2U) << command;
    }
}

// multipathd takes a path back at its next check, 5 s later, not at once: update_multipath(), pp->tick = checkint.
TEST(EngineTrouble, APathThatFailsAgainAndAgainIsTakenBackSlowly) {
    Boot boot(Duty::run);
    boot.work(1500ms);
    int failures = 0;
    std::function<void()> fail_again = [&] {
        if (boot.machine.dm.usable_paths(wwid) == 2) {
            ++failures;
            boot.machine.fail_path(wwid, {8, 0});
        }
        boot.machine.events.after(5ms, fail_again);
    };
    boot.machine.events.after(5ms, fail_again);
    boot.work(3s);
    EXPECT_EQ(failures, 2) << "the first is forgiven at once";
    boot.work(20s);
    EXPECT_LE(failures, 6);
    EXPECT_GE(failures, 4);
}

TEST(EngineTrouble, AWwidThatSysfsLacksIsNoChange) {
    std::string text(boot_machine);
    std::string_view sysfs = "device/vpd_pg83 =";
    text.replace(text.find(sysfs), sysfs.size(), "vpd 00 = hex 00 00 00 02 00 83\nvpd 83 =");
    Boot boot(Duty::run, text);
    boot.work(1500ms);
    EXPECT_EQ(boot.active(), "sda sdb");
    for (auto disk : {"sda", "sdb"}) boot.machine.answer(disk, "read", "good after 3s");
    boot.machine.uevent("change", *boot.machine.sysfs.real_path("block/sda"), "DEVTYPE=disk");
    boot.machine.lose_uevents();
    boot.work(1s);
    EXPECT_EQ(boot.active(), "sda sdb");
    EXPECT_EQ(boot.said("lost"), "");
}

// multipathd looks at each map at every check (5 s), uevents or not.
TEST(EngineTrouble, AFailureWithoutUeventIsSeenInTime) {
    Boot boot(Duty::run);
    boot.work(1500ms);  // no question is out now
    boot.machine.fail_path(wwid, {8, 0});
    (void)boot.machine.events.wait(boot.machine.events.now());  // its uevent gets lost
    EXPECT_EQ(boot.machine.dm.usable_paths(wwid), 1U);
    boot.work(6s);
    EXPECT_EQ(boot.machine.dm.usable_paths(wwid), 2U);
}

TEST(EngineTrouble, AWorkerThatCannotStartIsTriedAgainAndToldOnce) {
    Boot boot(Duty::run);
    boot.workers.none = true;
    boot.work(5s);
    EXPECT_EQ(boot.said("worker"), "device-mapper: worker: Resource temporarily unavailable, trying again");
    boot.workers.none = false;
    boot.work(9s);
    EXPECT_EQ(boot.active(), "sda sdb");
    EXPECT_TRUE(boot.engine.missing().empty());

    Boot reader(Duty::run);
    reader.workers.batch_takes = 1s;
    reader.machine.events.after(500ms, [&] { reader.workers.none = true; });  // the reading comes after the batch
    reader.work(5s);
    EXPECT_EQ(reader.said("worker"),
              cat(wwid, ": partition table: worker: Resource temporarily unavailable, trying again"));
    reader.workers.none = false;
    reader.work(9s);
    EXPECT_TRUE(reader.engine.missing().empty());
}

}  // namespace
}  // namespace rdm
