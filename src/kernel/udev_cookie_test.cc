// SPDX-License-Identifier: GPL-2.0-or-later
#include "kernel/udev_cookie.h"

#include <gtest/gtest.h>
#include <sys/ipc.h>
#include <sys/sem.h>

#include <thread>

namespace rdm {
namespace {

using namespace std::chrono_literals;

/// What a cookie is, with `open` changes that udev has yet to work on.
struct Semaphore {
    explicit Semaphore(int open) : id(::semget(IPC_PRIVATE, 1, IPC_CREAT | 0600)) {
        (void)::semctl(id, 0, SETVAL, open);
    }
    ~Semaphore() { remove(); }
    Semaphore(const Semaphore&) = delete;
    Semaphore& operator=(const Semaphore&) = delete;
    void remove() const { (void)::semctl(id, 0, IPC_RMID); }
    void complete_one() const {
        sembuf one{.sem_num = 0, .sem_op = -1, .sem_flg = IPC_NOWAIT};
        (void)::semop(id, &one, 1);
    }
    int id;
};

TEST(UdevCookie, IsComplete) {
    EXPECT_TRUE(wait_for_zero(Semaphore(0).id, 1ms));
    const Semaphore gone(1);
    gone.remove();
    EXPECT_TRUE(wait_for_zero(gone.id, 1ms));
}

TEST(UdevCookie, NobodyCompletesIt) {
    const Semaphore one(1);
    EXPECT_FALSE(wait_for_zero(one.id, 1ms));
}

// Thousands of maps keep udev busy for long: what counts is that it goes on, but not without end.
TEST(UdevCookie, IsWaitedForWhileItGoesOn) {
    const Semaphore three(3), many(100);
    const std::jthread udev([&](const std::stop_token& stop) {
        while (!stop.stop_requested()) {
            std::this_thread::sleep_for(150ms);
            three.complete_one();
            many.complete_one();
        }
    });
    bool completed = false;
    std::jthread waits([&] { completed = wait_for_zero(three.id, 400ms); });
    EXPECT_FALSE(wait_for_zero(many.id, 400ms));
    waits.join();
    EXPECT_TRUE(completed);
}

}  // namespace
}  // namespace rdm
