// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/verbs.h"

#include <gtest/gtest.h>

#include "kernel/fake_machine.h"

// What flush achieves and how it ends: issue 3 section 2 (exit status: 0 done, 1 not all), architecture.md, `flush`.

namespace rdm {
namespace {

constexpr std::string_view machine_text = R"(rdmpath machine 1
[disk sda]
at = pci0/host2/target2:0:0/2:0:0:0/block/sda
dev = 8:0
size = 2048
)";

struct Shutdown {
    Shutdown() : machine(machine_text) {
        DmMap map;
        map.name = "a";
        map.uuid = "mpath-a";
        map.dev = {254, 0};
        map.table = {{0, 2048, "multipath", "1 queue_if_no_path 0 1 1 service-time 0 1 1 8:0 1"}};
        auto there = machine.dm.present(map);
        EXPECT_TRUE(there) << there.error().what();
    }
    Doors doors() {
        return {machine.sysfs,  machine.files,   machine.scsi,   machine.dm,
                machine.blocks, machine.workers, machine.events, log};
    }
    Ended flush() { return perform({.verb = Verb::flush}, {}, doors()); }

    FakeMachine machine;
    Log log{[](LogLevel, const std::string&) {}};
};

TEST(Flush, NobodyUsesIt) {
    Shutdown shutdown;
    auto ended = shutdown.flush();
    EXPECT_EQ(ended.status, Exit::done);
    EXPECT_EQ(ended.output, "a: removed\n");
    EXPECT_EQ(shutdown.machine.dm.asked(), "message a fail_if_no_path; remove a");
    EXPECT_EQ(shutdown.machine.blocks.asked(), "") << "it had no partitions";
    EXPECT_EQ(shutdown.flush().status, Exit::done) << "nothing is there any more";
}

// handoff.md 3: the kernel's partitions of paths go while the map has them.
TEST(Flush, GivesTheKernelItsPartitionsBack) {
    Shutdown shutdown;
    DmMap part;
    part.name = "a-part1";
    part.uuid = "part1-mpath-a";
    part.dev = {254, 1};
    part.table = {{0, 128, "linear", "254:0 64"}};
    ASSERT_TRUE(shutdown.machine.dm.present(part));
    EXPECT_EQ(shutdown.flush().output, "a-part1: removed\na: removed\n");
    EXPECT_EQ(shutdown.machine.blocks.asked(), "find 8:0");
}

TEST(Flush, InUseIsSaidAndNotDone) {
    Shutdown shutdown;
    shutdown.machine.dm.open("a");
    auto ended = shutdown.flush();
    EXPECT_EQ(ended.status, Exit::missing);
    EXPECT_EQ(ended.complaint, "a: in use by 1 holder");
    EXPECT_EQ(shutdown.machine.dm.asked(), "");
}

TEST(Flush, UserWithoutAPathIsLetGo) {
    Shutdown shutdown;
    shutdown.machine.dm.open("a");
    ASSERT_TRUE(shutdown.machine.dm.message("a", "fail_path 8:0"));
    auto ended = shutdown.flush();
    EXPECT_EQ(ended.status, Exit::missing);
    EXPECT_EQ(ended.complaint, "a: in use by 1 holder");
    EXPECT_EQ(shutdown.machine.dm.asked(), "message a fail_if_no_path");
}

}  // namespace
}  // namespace rdm
