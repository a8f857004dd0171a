// SPDX-License-Identifier: GPL-2.0-or-later
// Without SCSI disks: what a device that does not exist does. Whether it is the number or the right to make a node that
// the kernel refuses depends on who runs the test. The rest is proved by the boots.
#include "kernel/real_scsi.h"

#include <gtest/gtest.h>

#include "kernel/fake_sysfs.h"

namespace rdm {
namespace {

struct Transport : testing::Test {
    Poller poller = *Poller::open();
    Nodes nodes = *Nodes::open();
    FakeSysfs sysfs;

    static ScsiRequest request(std::optional<DevNo> sg) {
        ScsiRequest one;
        one.disk = "sdz\n";
        one.dev = {8, 4095};
        one.sg_dev = sg;
        return one;
    }
    std::vector<Event> wait_for(std::size_t count) {
        std::vector<Event> events;
        for (int turn = 0; turn < 1000 && events.size() < count; ++turn)
            EXPECT_TRUE(poller.wait(Poller::Patience::sleep, events));
        return events;
    }
};

TEST_F(Transport, NoSgDevice) {
    auto scsi = RealScsi::open(poller, nodes, sysfs);
    auto id = (*scsi)->submit(request(DevNo{21, 4095}));
    ASSERT_FALSE(id);
    EXPECT_TRUE(id.error().what.starts_with("sdz\\x0a: sg: ")) << id.error().what;
}

TEST_F(Transport, ChildrenInTurn) {
    auto scsi = RealScsi::open(poller, nodes, sysfs, 2);
    std::vector<std::uint64_t> ids;
    for (int n = 0; n < 7; ++n) ids.push_back(*(*scsi)->submit(request({})));
    (*scsi)->forget(ids[0]);  // has a child
    (*scsi)->forget(ids[5]);  // waits for one
    (*scsi)->forget(ids[5]);
    for (const auto& event : wait_for(5)) {
        ASSERT_EQ(event.kind, Event::Kind::scsi);
        EXPECT_TRUE(event.scsi->failure);
        EXPECT_FALSE(event.scsi->good());
        EXPECT_EQ(std::erase(ids, event.scsi->id), 1U);
    }
    EXPECT_EQ(ids.size(), 2U) << "the forgotten ones";
}

TEST_F(Transport, NothingIsLeftAtTheEnd) {
    auto scsi = RealScsi::open(poller, nodes, sysfs, 2);
    for (int n = 0; n < 7; ++n) EXPECT_TRUE((*scsi)->submit(request({})));
    scsi->reset();
    std::vector<Event> events;
    EXPECT_TRUE(poller.wait(Poller::Patience::look, events));
    EXPECT_TRUE(events.empty());
}

}  // namespace
}  // namespace rdm
