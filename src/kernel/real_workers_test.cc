// SPDX-License-Identifier: GPL-2.0-or-later
#include "kernel/real_workers.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

#include "kernel/real_events.h"

namespace rdm {
namespace {

struct RealWorkersTest : testing::Test {
    Poller poller = *Poller::open();
    std::unique_ptr<RealEvents> events = *RealEvents::open(poller);
    std::unique_ptr<RealWorkers> workers = *RealWorkers::open(poller, 2);

    ~RealWorkersTest() override {
        workers.reset();
        while (::waitpid(-1, nullptr, 0) > 0) continue;  // those it killed; in the program our own exit does this
    }

    /// The results of `count` workers, by id.
    std::map<std::uint64_t, Result<std::string>> results(std::size_t count) {
        std::map<std::uint64_t, Result<std::string>> found;
        const auto until = events->now() + Milliseconds(5000);
        while (found.size() < count && events->now() < until) {
            auto arrived = *events->wait(until);
            for (auto& event : arrived) found.emplace(event.work->id, event.work->output);
        }
        return found;
    }
    Result<std::string> result(std::function<std::string()> work, Milliseconds deadline = Milliseconds(4000)) {
        auto id = workers->start(std::move(work), deadline);
        auto all = results(1);
        return all.contains(*id) ? all.find(*id)->second : fail(ENOMSG, "no result");
    }
};

constexpr Milliseconds soon{4000};

TEST_F(RealWorkersTest, TextComesBack) {
    EXPECT_EQ(result([] { return std::string("answer"); }), "answer");
    EXPECT_EQ(result([] { return std::string(); }), "");
    auto long_text = result([] { return std::string(1 << 20, 'x'); });
    ASSERT_TRUE(long_text);
    EXPECT_EQ(long_text->size(), 1u << 20);
    EXPECT_EQ(result([] { return std::string((1 << 20) + 1, 'x'); }).error(),
              (Error{EMSGSIZE, "worker: its text is too long"}));
}

TEST_F(RealWorkersTest, ACrashIsAnError) {
    auto crash = [] {
        ::kill(::getpid(), SIGKILL);
        return std::string();
    };
    EXPECT_EQ(result(crash).error(), (Error{EIO, "worker: ended by signal 9"}));
    auto leave = [] {
        ::_exit(3);
        return std::string();
    };
    EXPECT_EQ(result(leave).error(), (Error{EIO, "worker: ended with status 3"}));
}

TEST_F(RealWorkersTest, TheDeadlineEndsAChildThatHangs) {
    auto before = events->now();
    auto hang = [] {
        for (;;) ::pause();
        return std::string();
    };
    EXPECT_EQ(result(hang, Milliseconds(30)).error(), (Error{ETIMEDOUT, "worker: no result in time"}));
    EXPECT_LT(events->now() - before, Milliseconds(2000));
    siginfo_t info{};
    int left = 0;
    for (int tries = 0; tries < 100 && left == 0; ++tries) {
        (void)events->wait(events->now() + Milliseconds(10));
        left = ::waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT);
    }
    EXPECT_EQ(left, -1) << "reaped: no child is left";
}

TEST_F(RealWorkersTest, AtMostSoManyAtOnceAndTheOthersQueue) {
    auto nap = [] {
        ::usleep(20000);
        return std::string("rested");
    };
    const auto before = events->now();
    for (int n = 0; n < 5; ++n) ASSERT_TRUE(workers->start(nap, soon));
    auto all = results(5);
    EXPECT_EQ(all.size(), 5u);
    for (const auto& [id, output] : all) EXPECT_EQ(output, "rested") << id;
    EXPECT_GE(events->now() - before, Milliseconds(60)) << "three rounds of two";
}

TEST_F(RealWorkersTest, AHungChildHoldsUpNobody) {
    auto hang = [] {
        for (;;) ::pause();
        return std::string();
    };
    ASSERT_TRUE(workers->start(hang, Milliseconds(30)));
    ASSERT_TRUE(workers->start(hang, Milliseconds(30)));
    EXPECT_TRUE(workers->start([] { return std::string("third"); }, soon));
    auto all = results(3);
    ASSERT_EQ(all.size(), 3u);
    EXPECT_EQ(all.find(3)->second, "third");
}

TEST_F(RealWorkersTest, TheChildHoldsNoFdOfThePoller) {
    int ends[2];
    ASSERT_EQ(::pipe2(ends, O_CLOEXEC), 0);
    UniqueFd out(ends[0]), in(ends[1]);
    ASSERT_TRUE(poller.add(out.get(), Readiness::readable, [](auto&) {}));
    int fd = out.get();
    auto held = result([fd] { return std::string(::fcntl(fd, F_GETFD) < 0 ? "closed" : "open"); });
    EXPECT_EQ(held, "closed");
    EXPECT_GE(::fcntl(fd, F_GETFD), 0) << "ours stays";
    poller.remove(fd);
}

TEST_F(RealWorkersTest, TheChildHasItsSignalsBack) {
    auto masked = result([] {
        sigset_t now;
        ::sigprocmask(SIG_BLOCK, nullptr, &now);
        return std::string(::sigismember(&now, SIGTERM) || ::sigismember(&now, SIGCHLD) ? "blocked" : "free");
    });
    EXPECT_EQ(masked, "free");
}

TEST_F(RealWorkersTest, WhatEndsUsDoesNotCutTheWorkShort) {
    auto work = [] {
        for (int signal : {SIGTERM, SIGINT}) (void)std::raise(signal);
        return std::string("finished");
    };
    EXPECT_EQ(result(work), "finished");
}

}  // namespace
}  // namespace rdm
