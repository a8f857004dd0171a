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
    auto rules = nvme_rules();
    auto probe = identified(machine, "nvme0n1", rules);
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
    EXPECT_EQ(probe.path.priority_from, "sysfs access_state");
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
    answer(probe, "tur");
    answer(probe, "vpd 00", "00000001 00");
    EXPECT_EQ(sent(probe), "read");
    recheck(probe, machine.sysfs);
    EXPECT_EQ(probe.path.wwid_from, "VPD 83h: not on the disk's list of pages");  // what was said last
    EXPECT_EQ(sent(probe), "tur");
    machine.sysfs.file("block/sdb/device/vpd_pg83", std::string_view("\0\x83\0\xc\1\3\0\x8\x50\0\0\0\0\0\0\1", 16));
    recheck(probe, machine.sysfs);
    EXPECT_EQ(probe.path.wwid, "35000000000000001");
}

TEST(Recheck, AsksAgainWhatFailed) {
    using State = Question::State;
    FakeMachine machine(machine_text);
    auto fresh = identified(machine, "sda");
    fresh.lists_rdac_page = false;
    settle(fresh);
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
    probe.checked = Checked{PathState::up, "TUR good"};
    probe.read = {.state = State::failed};  // by sense: TEST UNIT READY decides
    recheck(probe, machine.sysfs);
    EXPECT_EQ(probe.read.state, State::failed);
    probe.read_trouble = "READ: timed out";
    recheck(probe, machine.sysfs);
    EXPECT_EQ(probe.read.state, State::open);
    EXPECT_EQ(probe.path.state_from, "READ: timed out");
}

TEST(Recheck, AsksForPortGroupsAgainAndAgainWithoutAHandler) {
    FakeMachine machine(machine_text);
    machine.sysfs.unlink("block/sdb/device/access_state");
    auto probe = identified(machine, "sdb");
    EXPECT_EQ(probe.path.prioritizer_from, "detect_prio: TPGS");
    EXPECT_EQ(probe.path.priority_from, "no answer to RTPG yet");
    EXPECT_EQ(sent(probe), "tur; rtpg");
    answer(probe, "tur");
    for (int i = 0; i < 2; ++i) {
        answer_sense(probe, "rtpg", {5, 0x20, 0});
        EXPECT_EQ(probe.path.priority_from, "const");
        (void)sent(probe);
        answer(probe, i == 0 ? "read" : "tur");
        recheck(probe, machine.sysfs);
        EXPECT_EQ(sent(probe), "tur; rtpg") << i;
    }
    answer(probe, "rtpg", "00000008 0100000700000000");
    EXPECT_EQ(priority(probe), "10 by RTPG");
    machine.set("sdb", "device/access_state", "standby");
    recheck(probe, machine.sysfs);
    EXPECT_EQ(priority(probe), "81 by sysfs access_state");
}

// The kernel shows "active/optimized" until it has asked for itself; after that, it is the one to be believed.
TEST(Recheck, BelievesPortGroupsUntilSysfsHasCaughtUp) {
    struct {
        std::string_view name, later, want, asked;
    } rows[] = {
        {"nothing new", "active/optimized", "1 by RTPG", "rtpg"},
        {"caught up", "standby", "1 by sysfs access_state", ""},
        {"changed since", "unavailable", "0 by sysfs access_state", ""},
    };
    for (const auto& row : rows) {
        FakeMachine machine(machine_text);
        machine.set("sdb", "device/access_state", "active/optimized");
        machine.set("sdb", "device/preferred_path", "0");
        auto probe = identified(machine, "sdb");
        EXPECT_EQ(priority(probe), "50 by sysfs access_state") << row.name;
        EXPECT_EQ(sent(probe), "tur; rtpg") << row.name;
        answer(probe, "rtpg", "00000008 0200000700000000");
        EXPECT_EQ(priority(probe), "1 by RTPG") << row.name;
        machine.set("sdb", "device/access_state", row.later);
        recheck(probe, machine.sysfs);
        EXPECT_EQ(priority(probe), row.want) << row.name;
        EXPECT_EQ(sent(probe), row.asked) << row.name;
        if (!row.asked.empty()) continue;
        machine.set("sdb", "device/access_state", "active/non-optimized");
        recheck(probe, machine.sysfs);
        EXPECT_EQ(priority(probe), "10 by sysfs access_state") << row.name;
    }
}

TEST(Recheck, TakesAWwidThatSysfsShowsLater) {
    FakeMachine machine(machine_text);
    auto probe = identified(machine, "sda");
    auto page = machine.sysfs.read("block/sdb/device/vpd_pg83").value();
    machine.sysfs.file("block/sda/device/vpd_pg83", page);
    recheck(probe, machine.sysfs);
    EXPECT_EQ(probe.path.wwid_from, "VPD 83h, NAA 6");
    EXPECT_EQ(sent(probe), "inquiry; vpd 00");  // of vendors without an entry, it is not known which are RDAC
}

}  // namespace
}  // namespace rdm
