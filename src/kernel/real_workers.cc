// SPDX-License-Identifier: GPL-2.0-or-later
#include "kernel/real_workers.h"

#include <sys/signalfd.h>
#include <sys/timerfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstring>

#include "kernel/real_events.h"
#include "kernel/worker_child.h"

namespace rdm {

namespace {

constexpr std::size_t most_abandoned = 256;

/// The status of a child that has ended, nullopt while it lives. One that somebody else reaped counts as crashed.
std::optional<int> status_of(pid_t pid) {
    int status = 0;
    pid_t ended = ::waitpid(pid, &status, WNOHANG);
    if (ended == 0) return std::nullopt;
    return ended == pid ? status : SIGKILL;
}

Result<std::string> result(int status, std::string&& output) {
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return output;
    if (WIFSIGNALED(status)) return fail(EIO, "worker: ended by signal ", WTERMSIG(status));
    return fail(EIO, "worker: ended with status ", WEXITSTATUS(status));
}

}  // namespace

Result<std::unique_ptr<RealWorkers>> RealWorkers::open(Poller& poller, std::size_t at_once) {
    sigset_t set;
    ::sigemptyset(&set);
    ::sigaddset(&set, SIGCHLD);
    if (::sigprocmask(SIG_BLOCK, &set, nullptr) != 0) return fail_errno("signals");
    UniqueFd signals(::signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK));
    if (!signals.is_open()) return fail_errno("signals");
    UniqueFd timer(::timerfd_create(CLOCK_BOOTTIME, TFD_CLOEXEC | TFD_NONBLOCK));
    if (!timer.is_open()) return fail_errno("timer");
    std::unique_ptr<RealWorkers> workers(new RealWorkers(poller, at_once, std::move(signals), std::move(timer)));
    TRY(workers->listen());
    return workers;
}

RealWorkers::~RealWorkers() {
    for (auto& [id, child] : children_) {
        if (!child.status) (void)::kill(child.pid, SIGKILL);
        poller_.remove(child.pipe.get());
    }
    poller_.remove(signals_.get());
    poller_.remove(timer_.get());
}

Result<void> RealWorkers::listen() {
    TRY(poller_.add(signals_.get(), Readiness::readable, [this](std::vector<Event>& events) { reap(events); }));
    return poller_.add(timer_.get(), Readiness::readable,
                       [this](std::vector<Event>& events) { check_deadlines(events); });
}

Result<std::uint64_t> RealWorkers::start(std::function<std::string()>&& work, Milliseconds deadline) {
    if (abandoned_.size() >= most_abandoned)
        return fail(EAGAIN, "worker: ", abandoned_.size(), " hang in the kernel already");
    Waiting waiting{next_, std::move(work), deadline};
    if (children_.size() < at_once_ && waiting_.empty()) {
        TRY(spawn(waiting));
    } else {
        waiting_.push_back(std::move(waiting));
    }
    return next_++;
}

Result<void> RealWorkers::spawn(Waiting& waiting) {
    auto forked = TRY(fork_worker(poller_, waiting.work));
    const auto id = waiting.id;
    auto& child = children_[id];
    child.pid = forked.pid;
    child.pipe = std::move(forked.pipe);
    child.until = boot_now() + waiting.deadline;
    auto added = poller_.add(child.pipe.get(), Readiness::readable,
                             [this, id](std::vector<Event>& events) { read_pipe(id, events); });
    if (!added) {
        (void)::kill(child.pid, SIGKILL);
        abandoned_.push_back(static_cast<std::uint64_t>(child.pid));
        children_.erase(id);
        return added;
    }
    set_timer();
    return {};
}

void RealWorkers::spawn_waiting(std::vector<Event>& events) {
    while (!waiting_.empty() && children_.size() < at_once_) {
        Waiting next = std::move(waiting_.front());
        waiting_.pop_front();
        if (auto started = spawn(next); !started) end(next.id, std::unexpected(started.error()), events);
    }
}

void RealWorkers::read_pipe(std::uint64_t id, std::vector<Event>& events) {
    auto found = children_.find(id);
    if (found == children_.end()) return;
    auto& child = found->second;
    char piece[4096];
    for (;;) {
        ssize_t size = ::read(child.pipe.get(), piece, sizeof piece);
        if (size < 0 && errno == EINTR) continue;
        if (size < 0 && errno == EAGAIN) return;
        if (size <= 0) break;
        if (child.output.size() + static_cast<std::size_t>(size) > most_worker_output)
            return give_up(id, Error{EMSGSIZE, "worker: its text is too long"}, events);
        child.output.append(piece, static_cast<std::size_t>(size));
    }
    poller_.remove(child.pipe.get());
    child.at_end = true;
    if (!child.status) child.status = status_of(child.pid);
    finish_if_over(id, events);
}

/// SIGCHLD says that some child has ended; each is asked, since one signal may stand for many.
void RealWorkers::reap(std::vector<Event>& events) {
    signalfd_siginfo signal;
    while (::read(signals_.get(), &signal, sizeof signal) == sizeof signal) continue;
    std::erase_if(abandoned_, [](std::uint64_t pid) { return status_of(static_cast<pid_t>(pid)).has_value(); });
    std::vector<std::uint64_t> ended;
    for (auto& [id, child] : children_) {
        if (!child.status) child.status = status_of(child.pid);
        if (child.status) ended.push_back(id);
    }
    for (auto id : ended) finish_if_over(id, events);
}

void RealWorkers::finish_if_over(std::uint64_t id, std::vector<Event>& events) {
    auto found = children_.find(id);
    if (found == children_.end() || !found->second.at_end || !found->second.status) return;
    auto output = result(*found->second.status, std::move(found->second.output));
    children_.erase(found);
    end(id, std::move(output), events);
    spawn_waiting(events);
    set_timer();
}

void RealWorkers::check_deadlines(std::vector<Event>& events) {
    std::uint64_t count = 0;
    (void)!::read(timer_.get(), &count, sizeof count);
    const auto now = boot_now();
    std::vector<std::uint64_t> late;
    for (const auto& [id, child] : children_) {
        if (child.until <= now) late.push_back(id);
    }
    for (auto id : late) give_up(id, Error{ETIMEDOUT, "worker: no result in time"}, events);
    set_timer();
}

/// A child whose result nobody waits for any more; it ends when the kernel lets it.
void RealWorkers::give_up(std::uint64_t id, Error&& error, std::vector<Event>& events) {
    auto found = children_.find(id);
    if (found == children_.end()) return;
    poller_.remove(found->second.pipe.get());
    if (!found->second.status) {
        (void)::kill(found->second.pid, SIGKILL);
        abandoned_.push_back(static_cast<std::uint64_t>(found->second.pid));
    }
    children_.erase(found);
    end(id, std::unexpected(std::move(error)), events);
    spawn_waiting(events);
}

void RealWorkers::end(std::uint64_t id, Result<std::string> output, std::vector<Event>& events) {
    auto& event = events.emplace_back();
    event.kind = Event::Kind::work;
    event.work.emplace(id, std::move(output));
}

void RealWorkers::set_timer() const {
    std::optional<Moment> first;
    for (const auto& [id, child] : children_) {
        if (!first || child.until < *first) first = child.until;
    }
    itimerspec alarm{};
    if (first) {
        auto since = std::max(first->time_since_epoch(), Moment::duration(1));  // zero would disarm it
        auto seconds = std::chrono::duration_cast<std::chrono::seconds>(since);
        alarm.it_value = {static_cast<time_t>(seconds.count()), static_cast<long>((since - seconds).count())};
    }
    (void)::timerfd_settime(timer_.get(), TFD_TIMER_ABSTIME, &alarm, nullptr);
}

}  // namespace rdm
