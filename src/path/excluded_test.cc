// SPDX-License-Identifier: GPL-2.0-or-later
#include "path/excluded.h"

#include <gtest/gtest.h>

#include "path/test_machine.h"

namespace rdm {
namespace {

Source line(std::uint32_t number) { return {.kind = Source::Kind::file, .file = 0, .line = number}; }

Rules rules_of(Generation generation = Generation::v0_14) {
    Rules rules;
    rules.config.generation = generation;
    rules.config.files = {"/etc/multipath.conf"};
    return rules;
}

// decisions.md 4.1: the first hit decides; it is left alone for good.
TEST(Excluded, FollowsTheOrderOfMultipathTools) {
    FakeMachine machine(machine_text);
    auto rules = rules_of();
    auto& list = rules.config.blacklist;
    auto why = [&] {
        auto probe = identified(machine, "sdb", rules);
        EXPECT_EQ(probe.left_alone, !probe.path.excluded.empty());
        EXPECT_EQ(probe.left_alone && !sent(probe).empty(), false);
        return probe.path.excluded;
    };
    EXPECT_EQ(why(), "");
    list.wwid.push_back({"^36001405", line(5)});
    EXPECT_TRUE(why().ends_with("/etc/multipath.conf:5"));
    list.protocol.push_back({"scsi:fcp", line(4)});
    EXPECT_TRUE(why().ends_with("/etc/multipath.conf:4"));
    list.device.push_back({"LIO", "", line(3)});
    EXPECT_TRUE(why().ends_with("/etc/multipath.conf:3"));
    list.devnode.push_back({"^sd", line(2)});
    EXPECT_TRUE(why().ends_with("/etc/multipath.conf:2"));
    machine.set("sdb", "hidden", "1");
    EXPECT_EQ(why(), "hidden");
}

TEST(Excluded, JudgesAWwidThatTheDiskToldLater) {
    FakeMachine machine(machine_text);
    auto rules = rules_of();
    rules.config.blacklist.wwid.push_back({"35000c5003011cb2b", line(5)});
    machine.set("sda", "device/vpd_pg0", std::string_view("\0\0\0\1\x83", 5));
    auto probe = identified(machine, "sda", rules);
    probe.page_83 = {.state = Question::State::out};
    answer(probe, "vpd 83", "0083000c 01030008 5000c5003011cb2b");
    EXPECT_TRUE(probe.left_alone);
    EXPECT_EQ(probe.path.wwid, "35000c5003011cb2b");
    EXPECT_TRUE(probe.path.excluded.ends_with("/etc/multipath.conf:5"));
}

// multipath-tools 0.9.4, 0.11.1, 0.14.3, discovery.c, scsi_sysfs_pathinfo().
TEST(Excluded, TellsGenerationsByWhatSysfsLacks) {
    FakeMachine machine(machine_text);
    for (auto generation : {Generation::v0_9, Generation::v0_11, Generation::v0_14}) {
        auto rules = rules_of(generation);
        bool old = generation == Generation::v0_9;
        EXPECT_EQ(identified(machine, "sda", rules).path.excluded, old ? "no vendor in sysfs" : "");
        EXPECT_EQ(identified(machine, "sda", rules).path.product, "UNKNOWN");
    }
    for (std::string_view attribute : {"vendor", "model"}) machine.set("sda", cat("device/", attribute), "x");
    EXPECT_EQ(identified(machine, "sda", rules_of(Generation::v0_9)).path.excluded, "no rev in sysfs");
    machine.sysfs.file("block/sda/device/rev", "\n");
    EXPECT_EQ(identified(machine, "sda", rules_of(Generation::v0_9)).path.excluded, "");
    machine.sysfs.file("block/sda/device/model", "  \n");
    EXPECT_EQ(identified(machine, "sda", rules_of(Generation::v0_9)).path.excluded, "no model in sysfs");
    machine.sysfs.file("block/sda/device/vendor", "  x \n");
    EXPECT_EQ(identified(machine, "sda").path.vendor, "  x");
}

// discovery.c, sysfs_get_tgt_nodename(): since 0.14 a target whose name cannot be read is a failure.
TEST(Excluded, TellsGenerationsByTargetsWithoutAName) {
    FakeMachine machine(machine_text);
    machine.sysfs.unlink("class/fc_remote_ports/rport-2:0-1/node_name");
    EXPECT_EQ(identified(machine, "sdb").path.excluded, "fcp: no name of the target in sysfs");
    auto old = identified(machine, "sdb", rules_of(Generation::v0_11));
    EXPECT_EQ(old.path.excluded, "");
    EXPECT_EQ(protocol_name(old.path), "scsi:unspec");
}

// decisions.md 3: which text of a disk is compared with which part of an entry.
TEST(Excluded, MatchesHardwareByTheBus) {
    FakeMachine machine(machine_text);
    auto rules = rules_of();
    auto add = [&](std::string vendor, std::string product, std::string revision) {
        Section entry;
        entry.set(Keyword::vendor, std::move(vendor), {});
        entry.set(Keyword::product, std::move(product), {});
        if (!revision.empty()) entry.set(Keyword::revision, std::move(revision), {});
        rules.config.devices.push_back(std::move(entry));
    };
    add("^LIO-ORG$", "^disk \"a\"", "4");
    add("LIO", "disk", "5");
    add("^NVME$", "^QEMU NVMe Ctrl +$", "no such");
    add("NVME", "Ctrl$", "");
    add("UNKNOWN", "UNKNOWN", "UNKNOWN");
    auto matched = [&](std::string_view disk) {
        std::string numbers;
        for (const auto* entry : identified(machine, disk, rules).path.hardware)
            numbers += std::to_string(entry - rules.config.devices.data());
        return numbers;
    };
    EXPECT_EQ(matched("sdb"), "0");
    EXPECT_EQ(matched("nvme0n1"), "2");
    EXPECT_EQ(matched("sda"), "4");
}

TEST(Excluded, RemembersHardware) {
    auto rules = rules_of();
    Section entry;
    entry.set(Keyword::vendor, "A", {});
    rules.config.devices = {entry};
    KnownHardware known;
    const auto& first = known.devices(rules.config, {"A", "x", "1"});
    EXPECT_EQ(first.size(), 1U);
    rules.config.devices[0].set(Keyword::vendor, "B", {});
    EXPECT_EQ(known.devices(rules.config, {"A", "x", "1"}).size(), 1U);  // not matched again
    for (const Hardware& other : {Hardware{"A", "x", "2"}, Hardware{"A", "y", "1"}, Hardware{"A", "x", std::nullopt}})
        EXPECT_EQ(known.devices(rules.config, other).size(), 0U);
}

}  // namespace
}  // namespace rdm
