// SPDX-License-Identifier: GPL-2.0-or-later
#include "path/priority.h"

#include <gtest/gtest.h>

#include "path/test_probe.h"

namespace rdm {
namespace {

Probe alua_disk() {
    auto probe = known_disk();
    probe.path.tpgs = Tpgs::implicit_only;
    probe.path.port_group = 1;
    settle(probe);
    return probe;
}

// decisions.md 7.1: who tells the priority, and what an error means; multipath-tools 0.14.3, detect_alua().
TEST(Priority, ComesFromWhomTheDiskSelects) {
    EXPECT_EQ(priority(known_disk()), "1 by const");
    auto sysfs = alua_disk();
    sysfs.port_groups = {};
    sysfs.path.access = Access::standby;
    sysfs.access_from = Probe::AccessFrom::sysfs;
    settle(sysfs);
    EXPECT_EQ(priority(sysfs), "1 by sysfs access_state");
    EXPECT_EQ(sent(sysfs), "tur");
    sysfs.path.tpgs = Tpgs::none;
    settle(sysfs);
    EXPECT_EQ(priority(sysfs), "1 by const");
    auto nvme = known_disk();
    nvme.path.bus = Bus::nvme;
    nvme.path.kernel_state = "live";
    settle(nvme);
    EXPECT_EQ(priority(nvme), "1 by const");
}

TEST(Priority, IsUnknownUntilPortGroupsAreReported) {
    auto probe = alua_disk();
    EXPECT_EQ(priority(probe), "-1 by no answer to RTPG yet");
    EXPECT_EQ(sent(probe), "tur; rtpg");
    answer(probe, "rtpg", "00000008 8000000100000000");
    EXPECT_EQ(priority(probe), "50 by RTPG");
    ask_again(probe.port_groups);
    (void)sent(probe);
    answer(probe, "rtpg", "00000008 8300000100000000");
    EXPECT_EQ(priority(probe), "80 by RTPG");
    EXPECT_TRUE(probe.path.preferred);
    ask_again(probe.port_groups);
    (void)sent(probe);
    answer(probe, "rtpg", "00000008 8300000200000000");
    EXPECT_EQ(priority(probe), "-1 by RTPG: port group 1 is not in the reply");
}

TEST(Priority, IsConstantWhereAluaDoesNotWork) {
    auto refused = alua_disk();
    (void)sent(refused);
    answer_sense(refused, "rtpg", {5, 0x20, 0});
    EXPECT_EQ(refused.path.tpgs, Tpgs::none);
    EXPECT_EQ(priority(refused), "1 by const");
    auto no_group = alua_disk();
    absorb_vpd83(no_group, hex_bytes("0083000c 01030008 5000c5003011cb2b"));
    EXPECT_EQ(no_group.path.tpgs, Tpgs::none);
}

// decisions.md 7.2, row hp_sw.
TEST(Priority, GoesByTestUnitReadyForStorageWorks) {
    auto fresh = [] {
        auto probe = known_disk();
        probe.path.vendor = "COMPAQ";
        probe.path.product = "HSV110";
        settle(probe);
        (void)sent(probe);
        return probe;
    };
    EXPECT_EQ(priority(fresh()), "-1 by no answer to TUR yet");
    auto active = fresh();
    answer(active, "tur");
    EXPECT_EQ(priority(active), "4 by hp_sw");
    auto standby = fresh();
    answer_sense(standby, "tur", {2, 4, 2});
    EXPECT_EQ(text(standby.path.state), "ghost");
    EXPECT_EQ(priority(standby), "2 by hp_sw");
    auto dead = fresh();
    answer_sense(dead, "tur", {4, 0x44, 0});
    EXPECT_EQ(priority(dead), "0 by hp_sw");
}

}  // namespace
}  // namespace rdm
