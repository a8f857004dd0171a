// SPDX-License-Identifier: GPL-2.0-or-later
// Expectations: decisions.md 2.5 (no_path_retry) and 12; multipath-tools 0.9.4, libmultipath/structs_vec.c
// enter_recovery_mode() and leave_recovery_mode(), multipathd/main.c retry_count_tick().
#include "boot/retries.h"

#include <gtest/gtest.h>

#include "boot/test_boot.h"
#include "map/test_rules.h"

namespace rdm {
namespace {

using namespace std::chrono_literals;
using enum Keyword;

struct Counted : Boot {
    explicit Counted(std::string_view retry, Duty duty = Duty::run)
        : Boot(duty, boot_machine,
               test_rules({{find_multipaths, "off"}, {no_path_retry, retry}, {polling_interval, "3"}})) {
        work(1500ms);
    }
    void fail() {
        for (auto disk : {"sda", "sdb"}) machine.answer(disk, "tur", "host 0x01");
        machine.fail_path(boot_wwid, {8, 0});
        machine.fail_path(boot_wwid, {8, 16});
    }
    [[nodiscard]] bool queues() const { return table().contains("queue_if_no_path"); }
};

TEST(Retries, EndTheQueueingInTimeAndAPathBringsItBack) {
    Counted boot("2");
    for (int round = 0; round < 2; ++round) {
        EXPECT_TRUE(boot.queues()) << round;
        boot.lines.clear();
        boot.fail();
        boot.work(5900ms);
        EXPECT_TRUE(boot.queues()) << round;
        EXPECT_EQ(boot.said("no_path_retry"), "");
        boot.work(200ms);
        EXPECT_FALSE(boot.queues()) << round;
        boot.work(30s);
        EXPECT_EQ(boot.said("no_path_retry"),
                  cat(boot_wwid, ": no path for 6 s (no_path_retry 2), I/O fails instead of waiting"));
        boot.machine.answer("sdb", "tur", "good");
        boot.work(6s);
    }
    EXPECT_EQ(boot.active(), "sdb");
}

TEST(Retries, APathInTimeEndsTheCount) {
    Counted boot("2");
    boot.fail();
    boot.work(4s);
    boot.machine.answer("sda", "tur", "good");
    boot.work(5s);
    EXPECT_EQ(boot.active(), "sda");
    boot.machine.answer("sda", "tur", "host 0x01");
    boot.machine.fail_path(boot_wwid, {8, 0});
    boot.work(5s);
    EXPECT_TRUE(boot.queues()) << "it began anew";
    boot.work(2s);
    EXPECT_FALSE(boot.queues());
}

TEST(Retries, PathsThatAreGoneCountToo) {
    Counted boot("2");
    boot.machine.dm.open(boot_wwid);
    boot.machine.remove("sda");
    boot.machine.remove("sdb");
    for (auto dev : {DevNo{8, 0}, DevNo{8, 16}}) boot.machine.fail_path(boot_wwid, dev);
    boot.work(5s);
    EXPECT_TRUE(boot.queues());
    boot.work(2s);
    EXPECT_FALSE(boot.queues());
    boot.machine.arrive("sdc");
    boot.work(2s);
    EXPECT_TRUE(boot.queues());
    EXPECT_EQ(boot.active(), "sdc");
}

TEST(Retries, WithoutANumberNobodyCounts) {
    struct {
        std::string_view retry;
        bool queues;
    } rows[] = {{"queue", true}, {"fail", false}, {"0", false}};
    for (auto& row : rows) {
        Counted boot(row.retry);
        ASSERT_TRUE(boot.machine.dm.message(boot_wwid, row.queues ? "fail_if_no_path" : "queue_if_no_path"));
        boot.fail();
        boot.work(500ms);
        EXPECT_EQ(boot.queues(), row.queues) << row.retry << ", at once";
        boot.work(100s);
        EXPECT_EQ(boot.queues(), row.queues) << row.retry;
        EXPECT_EQ(boot.said("no_path_retry"), "");
    }
}

TEST(Retries, WhoeverQueuesAfterwardsHasIt) {
    Counted boot("2");
    boot.fail();
    boot.work(10s);
    ASSERT_TRUE(boot.machine.dm.message(boot_wwid, "queue_if_no_path"));
    boot.work(30s);
    EXPECT_TRUE(boot.queues());
}

TEST(Retries, ARefusedMessageIsTriedAgainAndSaidOnce) {
    Counted boot("1");
    boot.dm.refuse = [](const DmAction& action) {
        return std::string(action.message == "fail_if_no_path" ? "Device or resource busy" : "");
    };
    boot.fail();
    boot.work(10s);
    EXPECT_TRUE(boot.queues());
    boot.dm.refuse = nullptr;
    boot.work(9s);
    EXPECT_FALSE(boot.queues());
    EXPECT_EQ(boot.said("no_path_retry"),
              cat(boot_wwid, ": no path for 3 s (no_path_retry 1), I/O fails instead of waiting"));
}

TEST(Retries, AssembleDoesNotStayToCount) {
    Counted boot("1", Duty::assemble);
    boot.fail();
    Engine again(boot.doors(), boot.rules, Duty::assemble);
    ASSERT_TRUE(again.work(boot.machine.events.now() + 60s));
    EXPECT_TRUE(boot.queues());
}

// no_path_retry queue waits for ever, but not for the end of the system.
TEST(Retries, NothingQueuesForEverWhileTheSystemEnds) {
    Counted boot("queue");
    boot.machine.dm.open(boot_wwid);
    boot.neighbours.end = true;
    boot.work(20s);
    EXPECT_TRUE(boot.queues()) << "it has paths";
    boot.neighbours.end = false;
    boot.fail();
    boot.work(60s);
    EXPECT_TRUE(boot.queues());
    boot.neighbours.end = true;
    boot.work(6s);
    EXPECT_FALSE(boot.queues()) << boot.machine.dm.asked();
    boot.work(3s);
    EXPECT_FALSE(boot.queues()) << "nor again";
}

TEST(Retries, PathsHaveAFewSecondsWhileTheSystemEnds) {
    Counted boot("queue");
    boot.machine.dm.open(boot_wwid);
    boot.neighbours.end = true;
    boot.fail();
    boot.work(4s);
    EXPECT_TRUE(boot.queues());
    boot.work(8s);
    EXPECT_FALSE(boot.queues());
}

}  // namespace
}  // namespace rdm
