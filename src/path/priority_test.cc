// SPDX-License-Identifier: GPL-2.0-or-later
#include "path/priority.h"

#include <gtest/gtest.h>

#include "path/test_probe.h"

namespace rdm {
namespace {

Probe alua_disk() {
    auto probe = known_disk();
    probe.tpgs = Tpgs::implicit_only;
    probe.path.port_group = 1;
    settle(probe);
    return probe;
}

// decisions.md 7.1: who tells the priority, and what an error means; multipath-tools 0.14.3, detect_alua().
TEST(Priority, ComesFromWhomTheDiskSelects) {
    EXPECT_EQ(priority(known_disk()), "1 by const");
    auto sysfs = alua_disk();
    sysfs.shown = PortGroupAccess{Access::standby, false};
    settle(sysfs);
    EXPECT_EQ(priority(sysfs), "1 by sysfs access_state");
    EXPECT_EQ(sent(sysfs), "tur; rtpg");
    sysfs.tpgs = Tpgs::none;
    settle(sysfs);
    EXPECT_EQ(priority(sysfs), "1 by const");
    auto nvme = known_disk();
    nvme.path.bus = Bus::nvme;
    nvme.path.kernel_state = "live";
    nvme.has_ana = false;
    nvme.tpgs = Tpgs::both;  // nothing that a SCSI disk goes by
    nvme.path.port_group = 1;
    nvme.shown = PortGroupAccess{Access::optimized, false};
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

// multipath-tools 0.14.3, detect_alua(): what the disk refuses while sysfs calls it running means that it has no ALUA;
// what never reached the disk means nothing.
TEST(Priority, IsConstantWhereAluaDoesNotWork) {
    ScsiAnswer good, refused, timed_out, not_sent;
    refused.status = 2;
    refused.sense = Sense{5, 0x20, 0};
    timed_out.host_status = 0xf;
    not_sent.failure = Error{ENODEV, "no such device"};
    good.data = hex_bytes("00000000");
    struct {
        std::string_view name, kernel_state;
        const ScsiAnswer& answer;
        std::string_view want;
    } rows[] = {
        {"refused", "running", refused, "1 by const"},
        {"not of this group", "running", good, "1 by const"},
        {"fails fast", "running", timed_out, "-1 by RTPG: transport failed fast"},
        {"not sent", "running", not_sent, "-1 by RTPG: no such device"},
        {"refused by a blocked disk", "blocked", refused, "-1 by RTPG: check condition, Illegal Request 20/00"},
    };
    for (const auto& row : rows) {
        auto probe = alua_disk();
        (void)sent(probe);
        probe.path.kernel_state = row.kernel_state;
        absorb(probe, request_of("rtpg"), row.answer);
        EXPECT_EQ(priority(probe), row.want) << row.name;
        EXPECT_EQ(probe.path.tpgs == Tpgs::none, probe.path.priority == 1) << row.name;
        probe.path.kernel_state = "running";
        ask_again(probe.port_groups);
        (void)sent(probe);
        answer(probe, "rtpg", "00000008 8000000100000000");
        EXPECT_EQ(priority(probe), "50 by RTPG") << row.name;
        EXPECT_EQ(probe.path.tpgs, Tpgs::implicit_only) << row.name;
    }
}

// The kernel reads page 83h anew for its handler (scsi_dh_alua.c, alua_check_tpgs()), but sysfs shows the page of the
// scan: a group that is not in the reply says nothing of ALUA where the kernel has a state.
TEST(Priority, KeepsAluaWhenPage83hIsOlderThanTheGroups) {
    auto probe = alua_disk();
    probe.shown = PortGroupAccess{Access::optimized, false};
    settle(probe);
    (void)sent(probe);
    answer(probe, "rtpg", "00000008 8000000200000000");
    EXPECT_EQ(priority(probe), "50 by sysfs access_state");
    EXPECT_EQ(probe.path.tpgs, Tpgs::implicit_only);
}

// prioritizers/alua_rtpg.c, do_rtpg(): three retries.
TEST(Priority, AsksADiskThatIsNotReadyFourTimes) {
    auto probe = alua_disk();
    for (int i = 0; i < 4; ++i) {
        EXPECT_EQ(priority(probe), "-1 by no answer to RTPG yet") << i;
        EXPECT_TRUE(sent(probe).ends_with("rtpg")) << i;
        answer_sense(probe, "rtpg", {2, 4, 1});
    }
    EXPECT_EQ(priority(probe), "1 by const");
    EXPECT_EQ(sent(probe), "");
}

TEST(Priority, FollowsThePortGroupOfALaterPage) {
    auto probe = alua_disk();
    absorb_vpd83(probe, hex_bytes("0083000c 01030008 5000c5003011cb2b"));
    settle(probe);
    EXPECT_EQ(probe.path.tpgs, Tpgs::none);
    EXPECT_EQ(priority(probe), "1 by const");
    absorb_vpd83(probe, hex_bytes("00830014 01030008 5000c5003011cb2b 61950004 00000001"));
    settle(probe);
    EXPECT_EQ(probe.path.tpgs, Tpgs::implicit_only);
}

}  // namespace
}  // namespace rdm
