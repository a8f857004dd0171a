// SPDX-License-Identifier: GPL-2.0-or-later
// Without SCSI disks: what a device that does not exist does. Whether it is the number or the right to make a node that
// the kernel refuses depends on who runs the test. The rest is proved by the boots.
#include "kernel/real_scsi.h"

#include <gtest/gtest.h>
#include <unistd.h>

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
    EXPECT_TRUE(id.error().what().starts_with("sdz\\x0a: sg: ")) << id.error().what();
}

TEST_F(Transport, ChildrenInTurn) {
    auto scsi = RealScsi::open(poller, nodes, sysfs, {.at_once = 2});
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

std::string hang(const Nodes&, const ScsiRequest& request, const ScsiCdb&) {
    while (request.disk == "hangs") ::pause();
    return "answer 0 0 0 0 0\n";
}

// Issue 3: one path that hangs holds up no other.
TEST_F(Transport, ChildrenThatHangTakeNobodysTurn) {
    auto scsi = RealScsi::open(poller, nodes, sysfs, {.at_once = 2, .patience = Milliseconds(20), .ask = hang});
    auto one = request({});
    one.disk = "hangs";
    for (int n = 0; n < 7; ++n) EXPECT_TRUE((*scsi)->submit(one));
    one.disk = "answers";
    std::vector<std::uint64_t> ids;
    for (int n = 0; n < 3; ++n) ids.push_back(*(*scsi)->submit(one));
    for (const auto& event : wait_for(3)) EXPECT_EQ(std::erase(ids, event.scsi->id), 1U);
    EXPECT_TRUE(ids.empty());
}

TEST_F(Transport, ThereIsAnEndToChildren) {
    auto scsi = RealScsi::open(poller, nodes, sysfs, {.most = 8, .ask = hang});
    auto one = request({});
    one.disk = "hangs";
    std::vector<std::uint64_t> ids;
    for (int n = 0; n < 8; ++n) ids.push_back(*(*scsi)->submit(one));
    one.disk = "answers";
    auto last = *(*scsi)->submit(one);
    std::vector<Event> events;
    ::usleep(50000);  // time to answer, if it had a child
    EXPECT_TRUE(poller.wait(Poller::Patience::look, events));
    EXPECT_TRUE(events.empty());
    for (auto id : ids) (*scsi)->forget(id);
    events = wait_for(1);
    ASSERT_EQ(events.size(), 1U);
    EXPECT_EQ(events[0].scsi->id, last);
}

TEST_F(Transport, NothingIsLeftAtTheEnd) {
    auto scsi = RealScsi::open(poller, nodes, sysfs, {.at_once = 2});
    for (int n = 0; n < 7; ++n) EXPECT_TRUE((*scsi)->submit(request({})));
    scsi->reset();
    std::vector<Event> events;
    EXPECT_TRUE(poller.wait(Poller::Patience::look, events));
    EXPECT_TRUE(events.empty());
}

}  // namespace
}  // namespace rdm
