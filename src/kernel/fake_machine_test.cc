// SPDX-License-Identifier: GPL-2.0-or-later
#include "kernel/fake_machine.h"

#include <gtest/gtest.h>

// What the fakes claim of the kernel: tables and status lines from "Facts about tables" (tried on Linux 6.1) and
// drivers/md/dm-mpath.c; uevents from drivers/md/dm-uevent.c.

namespace rdm {
namespace {

constexpr std::string_view two_paths = R"(rdmpath machine 1
[disk sda]
at = pci0/host2/target2:0:0/2:0:0:0/block/sda
dev = 8:0
size = 2048
sg = sg0 21:0
device/vpd_pg83 = hex 00 83 00 00
sda1/partition = 1
content = hex 55 aa @ 510
[disk sdb]
like = sda
at = pci0/host3/target3:0:0/3:0:0:0/block/sdb
dev = 8:16
)";

constexpr std::string_view params = "0 0 1 1 service-time 0 2 1 8:0 1 8:16 1";

DmAction create(std::string_view table = params) {
    DmAction action;
    action.name = "m";
    action.uuid = "mpath-m";
    action.table = {{0, 2048, "multipath", std::string(table)}};
    return action;
}

DmAction act(DmAction::Kind kind, std::string_view message = "") {
    auto action = create();
    action.kind = kind;
    action.message = message;
    return action;
}

std::string result(FakeMachine& machine, const DmAction& action) {
    auto outcome = machine.dm.apply({&action, 1}, Milliseconds(0));
    return outcome.results[0] ? "" : outcome.results[0].error().what();
}

/// "add sda; change dm-0 PATH_FAILED 8:0": what arrives next.
std::string events(FakeMachine& machine) {
    std::string out;
    auto arrived = machine.events.wait(machine.events.now() + Milliseconds(10000));
    for (const auto& event : *arrived) {
        const auto& known = event.uevent.properties;
        auto word = [&](std::string_view key) { return known.contains(key) ? cat(' ', known.find(key)->second) : ""; };
        out +=
            cat(out.empty() ? "" : "; ", event.uevent.action, ' ',
                event.uevent.sys_path.substr(event.uevent.sys_path.rfind('/') + 1), word("DM_ACTION"), word("DM_PATH"));
    }
    return out;
}

TEST(FakeMachine, LooksLikeSysfs) {
    FakeMachine machine(two_paths);
    EXPECT_EQ(machine.sysfs.list("block"), (std::vector<std::string>{"sda", "sdb"}));
    EXPECT_EQ(machine.sysfs.real_path("block/sda"), "devices/pci0/host2/target2:0:0/2:0:0:0/block/sda");
    EXPECT_EQ(machine.sysfs.real_path("block/sda/device"), "devices/pci0/host2/target2:0:0/2:0:0:0");
    EXPECT_EQ(machine.sysfs.read("block/sda/device/state"), "running\n");
    EXPECT_EQ(machine.sysfs.word("class/scsi_generic/sg0/dev"), "21:0");
    EXPECT_EQ(machine.sysfs.list("block/sda/device/scsi_generic"), (std::vector<std::string>{"sg0"}));
    EXPECT_EQ(machine.sysfs.word("dev/block/8:1/partition"), "1");
    EXPECT_EQ(machine.sysfs.word("class/block/sdb1/dev"), "8:17");
    EXPECT_EQ(machine.sysfs.read("block/sdz/size").error().code(), ENOENT);
    EXPECT_TRUE(machine.sysfs.write("block/sda/device/state", "offline"));
    EXPECT_EQ(machine.sysfs.word("block/sda/device/state"), "offline");
    EXPECT_EQ(machine.sysfs.asked(), "block/sda/device/state=offline");
    EXPECT_EQ(machine.sysfs.write("block/sda/none", "1").error().code(), ENOENT);
}

TEST(FakeMachine, DisksComeAndGo) {
    FakeMachine machine(two_paths);
    machine.remove("sda");
    EXPECT_EQ(events(machine), "remove sg0; remove sda1; remove sda; remove 2:0:0:0");
    EXPECT_EQ(machine.sysfs.list("class/block"), (std::vector<std::string>{"sdb", "sdb1"}));
    machine.arrive("sda");
    EXPECT_EQ(events(machine), "add 2:0:0:0; add sg0; add sda; add sda1");
    machine.add("[disk sdc]\nat = pci0/host4/4:0:0:0/block/sdc\ndev = 8:32\n[at 1s]\nremove sdc\n");
    EXPECT_EQ(events(machine), "add 4:0:0:0; add sdc");
    EXPECT_EQ(events(machine), "remove sdc; remove 4:0:0:0");
    EXPECT_EQ(machine.events.now().time_since_epoch(), Milliseconds(1000));
}

TEST(FakeMachine, CommandsAnswerInVirtualTime) {
    FakeMachine machine(two_paths);
    machine.answer("sda", "tur", "hang");
    machine.answer("sdb", "tur", "sense 2 04 0b after 40ms");
    ScsiRequest request;
    request.disk = "sda";
    request.dev = {8, 0};
    auto hung = machine.scsi.submit(request);
    request.disk = "sdb";
    request.dev = {8, 16};
    auto late = machine.scsi.submit(request);
    auto first = machine.events.wait(std::nullopt);
    ASSERT_EQ(first->size(), 1u);
    EXPECT_EQ((*first)[0].scsi->id, *late);
    EXPECT_EQ((*first)[0].scsi->sense, (Sense{2, 4, 0x0b}));
    EXPECT_EQ(machine.events.now().time_since_epoch(), Milliseconds(40));
    EXPECT_EQ(machine.scsi.waiting(), 1u);
    machine.answer("sda", "tur", "good");
    auto second = machine.events.wait(std::nullopt);
    EXPECT_EQ((*second)[0].scsi->id, *hung);
    EXPECT_TRUE((*second)[0].scsi->good());
    EXPECT_EQ(machine.events.wait(std::nullopt).error().code(), EDEADLK);
    request.command = ScsiCommand::vpd;
    request.page = 0x83;
    (void)machine.scsi.submit(request);
    EXPECT_EQ((*machine.events.wait(std::nullopt))[0].scsi->data, (Buffer{0, 0x83, 0, 0}));
    EXPECT_EQ(machine.scsi.asked(), "sda tur; sdb tur; sdb vpd 83");
}

TEST(FakeMachine, TableComesBackAsTheKernelPrintsIt) {
    FakeMachine machine(two_paths);
    EXPECT_EQ(result(machine, create()), "");
    auto map = machine.dm.maps()->at(0);
    EXPECT_EQ(map.dev, (DevNo{254, 0}));
    EXPECT_EQ(map.table[0].params, "0 0 1 1 service-time 0 2 2 8:0 1 1 8:16 1 1");
    EXPECT_EQ(map.status, "2 0 0 0 1 1 E 0 2 2 8:0 A 0 0 1 8:16 A 0 0 1");
    EXPECT_EQ(events(machine), "add dm-0; change dm-0");
    EXPECT_EQ(machine.sysfs.word("block/dm-0/dm/uuid"), "mpath-m");
    EXPECT_EQ(machine.sysfs.list("block/sda/holders"), (std::vector<std::string>{"dm-0"}));
    EXPECT_EQ(machine.sysfs.list("block/dm-0/slaves"), (std::vector<std::string>{"sda", "sdb"}));
}

TEST(FakeMachine, DmRefusesWhatTheKernelRefuses) {
    FakeMachine machine(two_paths);
    machine.set("sda", "device/state", "offline");
    EXPECT_EQ(result(machine, create()), "m: multipath: 8:0: error getting device");
    machine.set("sda", "device/state", "running");
    EXPECT_EQ(result(machine, create("0 0 1 1 service-time 0 1 1 8:99 1")), "m: multipath: 8:99: error getting device");
    EXPECT_EQ(result(machine, create("1 what 0 0 0")), "m: multipath: unrecognised feature what");
    EXPECT_EQ(result(machine, act(DmAction::Kind::remove)), "m: no such map");
    EXPECT_EQ(result(machine, create()), "");
    EXPECT_EQ(result(machine, create()), "m: a map of this name exists");
    machine.set("sda", "device/state", "offline");
    EXPECT_EQ(result(machine, act(DmAction::Kind::reload)), "") << "a path that the map holds is not asked again";
    machine.dm.open("m");
    EXPECT_EQ(result(machine, act(DmAction::Kind::remove)), "m: in use");
    EXPECT_EQ(result(machine, act(DmAction::Kind::message, "fail_path 8:32")), "m: message fail_path 8:32");
    EXPECT_EQ(
        machine.dm.asked(),
        "create m; create m; create m; remove m; create m; create m; reload m; remove m; message m fail_path 8:32");
}

TEST(FakeMachine, PathsFailAndReloadForgetsIt) {
    FakeMachine machine(two_paths);
    EXPECT_EQ(result(machine, create()), "");
    (void)events(machine);
    EXPECT_EQ(result(machine, act(DmAction::Kind::message, "fail_path 8:0")), "");
    EXPECT_EQ(machine.dm.map("m")->status, "2 0 0 0 1 1 E 0 2 2 8:0 F 1 0 1 8:16 A 0 0 1");
    EXPECT_EQ(events(machine), "change dm-0 PATH_FAILED 8:0");
    EXPECT_EQ(result(machine, act(DmAction::Kind::reload)), "");
    EXPECT_EQ(machine.dm.map("m")->status, "2 0 0 0 1 1 E 0 2 2 8:0 A 0 0 1 8:16 A 0 0 1");
}

TEST(FakeMachine, MapsReadThroughTheirUsablePath) {
    FakeMachine machine(two_paths);
    EXPECT_EQ(result(machine, create()), "");
    machine.remove("sda");
    (void)events(machine);
    auto reader = machine.blocks.open({254, 0});
    ASSERT_TRUE(reader);
    EXPECT_EQ((*reader)->sectors(), 2048u);
    EXPECT_EQ((*reader)->read(510, 2), (Buffer{0x55, 0xaa}));
    EXPECT_EQ(events(machine), "change dm-0 PATH_FAILED 8:0");
    EXPECT_EQ((*reader)->read(2048 * 512 - 1, 2).error().code(), EIO);
    machine.answer("sdb", "read", "sense 3 11 00");
    EXPECT_EQ((*reader)->read(0, 1).error().what(), "m: I/O error");
}

TEST(FakeMachine, WorkThatHangsMeetsItsDeadline) {
    FakeMachine machine(two_paths);
    machine.answer("sda", "read", "hang");
    auto read = [&machine](DevNo dev) {
        return [&machine, dev] { return (*machine.blocks.open(dev))->read(0, 1) ? "read" : "not read"; };
    };
    (void)machine.workers.start(read({8, 0}), Milliseconds(500));
    (void)machine.workers.start(read({8, 16}), Milliseconds(500));
    auto first = machine.events.wait(std::nullopt);
    EXPECT_EQ((*first)[0].work->id, 2u);
    EXPECT_EQ((*first)[0].work->output, "read");
    auto second = machine.events.wait(std::nullopt);
    EXPECT_EQ((*second)[0].work->output.error().code(), ETIMEDOUT);
    EXPECT_EQ(machine.events.now().time_since_epoch(), Milliseconds(500));
}

TEST(FakeMachine, MapsOfTheTextAreThere) {
    FakeMachine machine(cat(two_paths, R"([map m]
uuid = mpath-m
dev = 254:3
open = 2
table = 0 2048 multipath 0 0 1 1 service-time 0 1 2 8:0 1 1
status = 2 0 0 0 1 1 A 0 1 2 8:0 F 3 0 1
[map m-part1]
uuid = part1-mpath-m
dev = 254:4
table = 0 1024 linear 254:3 8
[at 2s]
message m reinstate_path 8:0
)"));
    auto maps = machine.dm.maps();
    ASSERT_EQ(maps->size(), 2u);
    EXPECT_EQ(maps->at(0).open_count, 2) << "the partition is one of the two";
    EXPECT_EQ(maps->at(0).status, "2 0 0 0 1 1 A 0 1 2 8:0 F 3 0 1");
    EXPECT_EQ(events(machine), "change dm-3 PATH_REINSTATED 8:0");
}

}  // namespace
}  // namespace rdm
