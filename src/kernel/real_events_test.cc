// SPDX-License-Identifier: GPL-2.0-or-later
#include "kernel/real_events.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <csignal>

namespace rdm {
namespace {

TEST(RealEvents, WaitsUntilAMomentAndNoLonger) {
    auto poller = *Poller::open();
    auto events = *RealEvents::open(poller);
    auto start = events->now();
    auto none = events->wait(start + Milliseconds(20));
    ASSERT_TRUE(none);
    EXPECT_TRUE(none->empty());
    EXPECT_GE(events->now() - start, Milliseconds(20));
    EXPECT_TRUE(events->wait(start)->empty()) << "a moment that is over";
    EXPECT_TRUE(events->wait(Moment())->empty()) << "the moment the kernel started";
}

TEST(RealEvents, SignalsAndFdsEndTheWait) {
    auto poller = *Poller::open();
    auto events = *RealEvents::open(poller);
    ::kill(::getpid(), SIGTERM);
    auto stop = events->wait(std::nullopt);
    ASSERT_EQ(stop->size(), 1u);
    EXPECT_EQ((*stop)[0].kind, Event::Kind::stop);
    int ends[2];
    ASSERT_EQ(::pipe(ends), 0);
    UniqueFd out(ends[0]), in(ends[1]);
    ASSERT_TRUE(poller.add(out.get(), Readiness::readable, [](auto& list) { list.emplace_back(); }));
    (void)!::write(in.get(), "x", 1);
    EXPECT_EQ(events->wait(std::nullopt)->size(), 1u);
    poller.remove(out.get());
}

}  // namespace
}  // namespace rdm
