// SPDX-License-Identifier: GPL-2.0-or-later
#include "kernel/poller.h"

#include <gtest/gtest.h>
#include <unistd.h>

namespace rdm {
namespace {

struct Pipe {
    Pipe() {
        int ends[2];
        if (::pipe(ends) != 0) std::abort();
        out = UniqueFd(ends[0]);
        in = UniqueFd(ends[1]);
    }
    void put() const { (void)!::write(in.get(), "x", 1); }
    void take() const {
        char one;
        (void)!::read(out.get(), &one, 1);
    }
    UniqueFd out, in;
};

struct PollerTest : testing::Test {
    Poller poller = *Poller::open();
    std::vector<Event> events;
    std::string called;
    void look() { ASSERT_TRUE(poller.wait(Poller::Patience::look, events)); }
};

TEST_F(PollerTest, CallsWhoIsReady) {
    Pipe a, b;
    ASSERT_TRUE(poller.add(a.out.get(), Readiness::readable, [&](auto& out) { called += 'a', out.emplace_back(); }));
    ASSERT_TRUE(poller.add(b.out.get(), Readiness::readable, [&](auto&) { called += 'b'; }));
    look();
    EXPECT_EQ(called, "");
    a.put();
    look();
    look();
    EXPECT_EQ(called, "aa") << "level triggered: nobody took the byte";
    EXPECT_EQ(events.size(), 2u);
}

TEST_F(PollerTest, HandlersMayRemoveThemselvesAndOthers) {
    Pipe a, b;
    auto both = [&](auto&) {
        called += 'x';
        poller.remove(a.out.get());
        poller.remove(b.out.get());
    };
    ASSERT_TRUE(poller.add(a.out.get(), Readiness::readable, both));
    ASSERT_TRUE(poller.add(b.out.get(), Readiness::readable, both));
    a.put();
    b.put();
    look();
    look();
    EXPECT_EQ(called, "x");
}

TEST_F(PollerTest, AReusedFdDoesNotGetTheOldEvent) {
    Pipe a, b, fresh;
    int reused = b.out.get();
    ASSERT_TRUE(poller.add(a.out.get(), Readiness::readable, [&](auto&) {
        a.take();
        poller.remove(reused);
        ASSERT_GE(::dup2(fresh.out.get(), reused), 0);
        ASSERT_TRUE(poller.add(reused, Readiness::readable, [&](auto&) { called += "new"; }));
    }));
    ASSERT_TRUE(poller.add(reused, Readiness::readable, [&](auto&) { called += "old"; }));
    a.put();
    b.put();
    look();
    EXPECT_EQ(called, "");
}

TEST_F(PollerTest, ModifyChangesWhatIsWaitedFor) {
    Pipe a;
    ASSERT_TRUE(poller.add(a.in.get(), Readiness::readable, [&](auto&) { called += 'w'; }));
    look();
    EXPECT_EQ(called, "");
    ASSERT_TRUE(poller.modify(a.in.get(), Readiness::writable));
    look();
    EXPECT_EQ(called, "w");
    EXPECT_EQ(poller.modify(a.out.get(), Readiness::readable).error().code(), ENOENT);
    EXPECT_EQ(poller.add(-1, Readiness::readable, nullptr).error().code(), EBADF);
}

}  // namespace
}  // namespace rdm
