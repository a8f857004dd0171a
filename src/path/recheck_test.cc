// SPDX-License-Identifier: GPL-2.0-or-later
#include "path/identify.h"

#include <gtest/gtest.h>

#include "path/test_machine.h"
#include "path/test_probe.h"

namespace rdm {
namespace {

TEST(Recheck, TakesAnNvmeWwidThatSysfsShowsLater) {
    FakeMachine machine(machine_text);
    machine.set("nvme0n1", "wwid", "");
    auto probe = identified(machine, "nvme0n1");
    EXPECT_EQ(probe.path.wwid_from, "sysfs wwid: empty");
    machine.set("nvme0n1", "wwid", "eui.1");
    recheck(probe, machine.sysfs);
    EXPECT_EQ(probe.path.wwid, "eui.1");
    EXPECT_EQ(probe.path.wwid_from, "sysfs wwid");
    machine.set("nvme0n1", "wwid", "eui.2");  // one that is known stays
    recheck(probe, machine.sysfs);
    EXPECT_EQ(probe.path.wwid, "eui.1");
}

TEST(Recheck, SeesWhatChangesInSysfs) {
    FakeMachine machine(machine_text);
    auto probe = identified(machine, "sdb");
    machine.set("sdb", "device/access_state", "standby");
    machine.set("sdb", "device/preferred_path", "0");
    machine.set("sdb", "device/dh_state", "detached");
    machine.set("sdb", "size", "131080");
    machine.set("sdb", "ro", "0");
    recheck(probe, machine.sysfs);
    EXPECT_EQ(probe.path.priority, 1);
    EXPECT_EQ(probe.path.handler, "");
    EXPECT_EQ(probe.path.sectors, 131080U);
    EXPECT_FALSE(probe.path.read_only);
    machine.remove("sdb");
    recheck(probe, machine.sysfs);
    EXPECT_EQ(text(probe.path.state), "down");
    EXPECT_EQ(probe.path.state_from, "removed (sysfs state)");
}

TEST(Recheck, AsksTheDiskWhereThePageInSysfsNamesNothing) {
    FakeMachine machine(machine_text);
    machine.sysfs.file("block/sdb/device/vpd_pg83", std::string_view("\0\x83\0\0", 4));
    auto probe = identified(machine, "sdb");
    EXPECT_EQ(probe.path.wwid_from, "VPD 83h: names no logical unit");
    EXPECT_EQ(sent(probe), "tur; vpd 00");
    answer(probe, "vpd 00", "00000001 00");
    recheck(probe, machine.sysfs);
    EXPECT_EQ(probe.path.wwid_from, "VPD 83h: not on the disk's list of pages");  // what was said last
    EXPECT_EQ(sent(probe), "");
    machine.sysfs.file("block/sdb/device/vpd_pg83", std::string_view("\0\x83\0\xc\1\3\0\x8\x50\0\0\0\0\0\0\1", 16));
    recheck(probe, machine.sysfs);
    EXPECT_EQ(probe.path.wwid, "35000000000000001");
}

TEST(Recheck, AsksAgainWhatFailed) {
    using State = Question::State;
    FakeMachine machine(machine_text);
    auto fresh = identified(machine, "sda");
    fresh.test_unit_ready = {};
    for (auto question : {&Probe::inquiry, &Probe::page_list, &Probe::page_80, &Probe::page_83}) {
        auto probe = fresh;
        probe.inquiry = probe.page_list = {.state = State::answered};
        (probe.*question) = {.state = State::failed, .attempts = 4};
        recheck(probe, machine.sysfs);
        EXPECT_EQ((probe.*question).state, State::open);
        EXPECT_EQ((probe.*question).attempts, 0);
        (probe.*question) = {.state = State::answered};
        recheck(probe, machine.sysfs);
        EXPECT_EQ((probe.*question).state, State::answered);
    }
    auto probe = fresh;
    probe.read = {.state = State::failed};  // by sense: TEST UNIT READY decides
    recheck(probe, machine.sysfs);
    EXPECT_EQ(probe.read.state, State::failed);
    probe.read_trouble = "READ: timed out";
    probe.checked = Checked{PathState::up, "TUR good"};
    recheck(probe, machine.sysfs);
    EXPECT_EQ(probe.read.state, State::open);
    EXPECT_EQ(probe.path.state_from, "READ: timed out");
}

TEST(Recheck, AsksForPortGroupsAgainAndAgainWithoutAHandler) {
    FakeMachine machine(machine_text);
    auto probe = identified(machine, "sdb");
    (void)sent(probe);
    probe.test_unit_ready = {};
    recheck(probe, machine.sysfs);
    EXPECT_EQ(sent(probe), "");  // sysfs tells
    machine.sysfs.unlink("block/sdb/device/access_state");
    recheck(probe, machine.sysfs);
    EXPECT_EQ(probe.path.priority_from, "no answer to RTPG yet");
    for (int i = 0; i < 2; ++i) {
        EXPECT_EQ(sent(probe), "rtpg") << i;
        answer_sense(probe, "rtpg", {5, 0x20, 0});
        EXPECT_EQ(probe.path.priority_from, "const");
        recheck(probe, machine.sysfs);
    }
    machine.set("sdb", "device/access_state", "standby");
    recheck(probe, machine.sysfs);
    EXPECT_EQ(probe.path.priority_from, "sysfs access_state");
}

TEST(Recheck, TakesAWwidThatSysfsShowsLater) {
    FakeMachine machine(machine_text);
    auto probe = identified(machine, "sda");
    auto page = machine.sysfs.read("block/sdb/device/vpd_pg83").value();
    machine.sysfs.file("block/sda/device/vpd_pg83", page);
    recheck(probe, machine.sysfs);
    EXPECT_EQ(probe.path.wwid_from, "VPD 83h, NAA 6");
    EXPECT_EQ(sent(probe), "inquiry; tur");
}

}  // namespace
}  // namespace rdm
