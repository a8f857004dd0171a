// SPDX-License-Identifier: GPL-2.0-or-later
#include "kernel/real_events.h"

#include <poll.h>
#include <sys/signalfd.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstring>

namespace rdm {

namespace {

timespec spec(Moment moment) {
    auto since = moment.time_since_epoch();
    auto seconds = std::chrono::duration_cast<std::chrono::seconds>(since);
    return {static_cast<time_t>(seconds.count()), static_cast<long>((since - seconds).count())};
}

}  // namespace

Moment boot_now() {
    timespec now{};
    (void)::clock_gettime(CLOCK_BOOTTIME, &now);
    return Moment(std::chrono::seconds(now.tv_sec) + std::chrono::nanoseconds(now.tv_nsec));
}

void pause_for(Milliseconds time) { (void)::poll(nullptr, 0, static_cast<int>(time.count())); }

Result<std::unique_ptr<RealEvents>> RealEvents::open(Poller& poller) {
    sigset_t set;
    ::sigemptyset(&set);
    ::sigaddset(&set, SIGTERM);
    ::sigaddset(&set, SIGINT);
    if (::sigprocmask(SIG_BLOCK, &set, nullptr) != 0) return fail_errno("signals");
    UniqueFd signals(::signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK));
    if (!signals.is_open()) return fail_errno("signals");
    UniqueFd timer(::timerfd_create(CLOCK_BOOTTIME, TFD_CLOEXEC | TFD_NONBLOCK));
    if (!timer.is_open()) return fail_errno("timer");
    std::unique_ptr<RealEvents> events(new RealEvents(poller, std::move(signals), std::move(timer)));
    TRY(events->listen());
    return events;
}

RealEvents::~RealEvents() {
    poller_.remove(signals_.get());
    poller_.remove(timer_.get());
}

Result<void> RealEvents::listen() {
    TRY(poller_.add(signals_.get(), Readiness::readable, [this](std::vector<Event>& events) { take_signals(events); }));
    return poller_.add(timer_.get(), Readiness::readable, [this](std::vector<Event>&) { take_timer(); });
}

Result<std::vector<Event>> RealEvents::wait(std::optional<Moment> until) {
    std::vector<Event> events;
    set_timer(until);
    for (;;) {
        bool over = until && now() >= *until;
        TRY(poller_.wait(over ? Poller::Patience::look : Poller::Patience::sleep, events));
        if (!events.empty() || over) return events;
        // What matters to nobody here comes in thousands: what is behind it may be taken in one go.
        pause_for(Milliseconds(5));
    }
}

/// A time of zero would disarm the timer, and a past one fires at once: both are what is meant.
void RealEvents::set_timer(std::optional<Moment> until) const {
    itimerspec alarm{};
    if (until) alarm.it_value = spec(*until);
    (void)::timerfd_settime(timer_.get(), TFD_TIMER_ABSTIME, &alarm, nullptr);
}

void RealEvents::take_signals(std::vector<Event>& events) const {
    signalfd_siginfo signal;
    while (::read(signals_.get(), &signal, sizeof signal) == sizeof signal) {
        auto& event = events.emplace_back();
        event.kind = Event::Kind::stop;
    }
}

void RealEvents::take_timer() const {
    std::uint64_t count = 0;
    (void)!::read(timer_.get(), &count, sizeof count);
}

}  // namespace rdm
