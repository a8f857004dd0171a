// SPDX-License-Identifier: GPL-2.0-or-later
#include "kernel/suspend_limit.h"

#include <signal.h>
#include <sys/time.h>

#include "kernel/real_events.h"

namespace rdm {

namespace {

void wake(int /*signal*/) {}

timeval to_timeval(Milliseconds time) {
    return {.tv_sec = static_cast<time_t>(time.count() / 1000),
            .tv_usec = static_cast<suseconds_t>(time.count() % 1000 * 1000)};
}

}  // namespace

struct SuspendLimit::Before {
    struct sigaction action{};
    sigset_t mask{};
};

SuspendLimit::SuspendLimit(Milliseconds after) : before_(std::make_unique<Before>()), end_(boot_now() + after) {
    struct sigaction action{};
    action.sa_handler = wake;  // without SA_RESTART
    ::sigaction(SIGALRM, &action, &before_->action);
    sigset_t alarm;
    ::sigemptyset(&alarm);
    ::sigaddset(&alarm, SIGALRM);
    ::sigprocmask(SIG_UNBLOCK, &alarm, &before_->mask);
    const itimerval timer{.it_interval = to_timeval(Milliseconds(50)), .it_value = to_timeval(after)};
    ::setitimer(ITIMER_REAL, &timer, nullptr);
}

SuspendLimit::~SuspendLimit() {
    const itimerval off{};
    ::setitimer(ITIMER_REAL, &off, nullptr);
    ::sigaction(SIGALRM, &before_->action, nullptr);
    ::sigprocmask(SIG_SETMASK, &before_->mask, nullptr);
}

bool SuspendLimit::passed() const { return boot_now() >= end_; }

}  // namespace rdm
