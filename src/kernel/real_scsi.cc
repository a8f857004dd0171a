// SPDX-License-Identifier: GPL-2.0-or-later
#include "kernel/real_scsi.h"

#include <fcntl.h>
#include <poll.h>
#include <scsi/sg.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/timerfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>

#include "kernel/scsi_queue.h"
#include "kernel/worker_child.h"

namespace rdm {

namespace {

/// 4,096 paths with a command each, and room for everything else.
constexpr rlim_t wanted_files = 16384;
constexpr std::size_t most_child_text = 2 * most_scsi_data;

/// By prlimit: musl's setrlimit stops all threads first, with 3 KiB of program that we have no use for.
void raise_file_limit() {
    rlimit limit{};
    if (::prlimit(0, RLIMIT_NOFILE, nullptr, &limit) != 0 || limit.rlim_cur >= wanted_files) return;
    const rlimit more{.rlim_cur = wanted_files, .rlim_max = std::max(limit.rlim_max, wanted_files)};
    if (::prlimit(0, RLIMIT_NOFILE, &more, nullptr) == 0) return;
    limit.rlim_cur = std::min(limit.rlim_max, wanted_files);  // not privileged
    (void)::prlimit(0, RLIMIT_NOFILE, &limit, nullptr);
}

bool hung_up(int fd) {
    pollfd one{.fd = fd, .events = POLLIN, .revents = 0};
    return ::poll(&one, 1, 0) > 0 && (one.revents & (POLLHUP | POLLERR)) != 0 && (one.revents & POLLIN) == 0;
}

}  // namespace

Result<std::unique_ptr<RealScsi>> RealScsi::open(Poller& poller, const Nodes& nodes, const Sysfs& sysfs,
                                                 Children children) {
    raise_file_limit();
    UniqueFd timer(::timerfd_create(CLOCK_BOOTTIME, TFD_CLOEXEC | TFD_NONBLOCK));
    if (!timer.is_open()) return fail_errno("timer");
    const int fd = timer.get();
    std::unique_ptr<RealScsi> scsi(new RealScsi(poller, nodes, sysfs, children, std::move(timer)));
    TRY(poller.add(fd, Readiness::readable, [scsi = scsi.get()](std::vector<Event>&) { scsi->note_hanging(); }));
    return scsi;
}

RealScsi::~RealScsi() {
    poller_.remove(timer_.get());
    while (!pending_.empty()) forget(pending_.begin()->first);
}

Result<std::uint64_t> RealScsi::submit(const ScsiRequest& request) {
    Pending pending{.request = request, .cdb = TRY(cdb_of(request)), .pipe = UniqueFd(), .text = {}};
    const auto id = next_++;
    if (const auto room = request.sg_dev ? room_for(request) : 0; room > 0) {
        TRY(send(id, pending, room));
    } else {
        waiting_.push_back(id);
    }
    pending_.emplace(id, std::move(pending));
    start_waiting();
    return id;
}

/// How many commands may be sent without waiting, this one included; those that come together are looked at together.
std::size_t RealScsi::room_for(const ScsiRequest& request) {
    if (auto file = files_.find(*request.sg_dev); file != files_.end() && file->second.room > 0)
        return file->second.room;
    for (auto commands : {request.together, std::size_t{1}})
        if (!is_crowded(sysfs_, request.dev, request.host, commands)) return commands;
    return 0;
}

Result<void> RealScsi::open_sg(const ScsiRequest& request, File& file) {
    if (file.fd.is_open()) return {};
    file.fd = TRY(nodes_.open_device(NodeKind::character, *request.sg_dev, request.sg_name, O_RDWR));
    int reserve = 0;  // instead of the 32 KiB that the driver sets aside for each open file
    (void)::ioctl(file.fd.get(), SG_SET_RESERVED_SIZE, &reserve);
    return poller_.add(file.fd.get(), Readiness::readable,
                       [this, dev = *request.sg_dev](std::vector<Event>& events) { take_answer(dev, events); });
}

Result<void> RealScsi::send(std::uint64_t id, Pending& pending, std::size_t room) {
    const auto& request = pending.request;
    auto& file = files_[*request.sg_dev];
    auto sent = open_sg(request, file);
    if (sent) sent = sg_send(file.fd.get(), static_cast<int>(id), pending.cdb, request.timeout, *buffers_);
    if (sent) {
        pending.sent = true;
        ++file.commands;
        file.room = room - 1;
    } else {
        put_under(sent.error(), safe(request.disk), ": sg");
        close_if_idle(*request.sg_dev);
    }
    return sent;
}

void RealScsi::close_if_idle(DevNo sg_dev) {
    auto file = files_.find(sg_dev);
    if (file->second.commands > 0) return;
    if (file->second.fd.is_open()) poller_.remove(file->second.fd.get());
    files_.erase(file);
}

Result<void> RealScsi::start_child(std::uint64_t id, Pending& pending) {
    reap();
    if (children_ + killed_.size() >= limits_.most) return fail(EAGAIN, "too many workers hang");
    auto child = TRY(fork_worker(
        poller_, [this, request = pending.request, cdb = pending.cdb] { return limits_.ask(nodes_, request, cdb); }));
    pending.pipe = std::move(child.pipe);
    pending.child = child.pid;
    auto added = poller_.add(pending.pipe.get(), Readiness::readable,
                             [this, id](std::vector<Event>& events) { read_child(id, events); });
    if (!added) {
        ::kill(pending.child, SIGKILL);
        killed_.push_back(static_cast<std::uint64_t>(pending.child));
        return added;
    }
    ++children_;
    return {};
}

/// One that cannot be started now is tried again whenever something ends or begins, or hangs.
void RealScsi::start_waiting() {
    while (children_ - hanging_ < limits_.at_once && !waiting_.empty()) {
        auto found = pending_.find(waiting_.front());
        if (found != pending_.end() && !start_child(found->first, found->second)) break;
        waiting_.pop_front();
    }
    if (waiting_.empty() || timed_before_ != 0) return;
    timed_before_ = waiting_.front();
    itimerspec alarm{};
    alarm.it_value.tv_sec = limits_.patience.count() / 1000;
    alarm.it_value.tv_nsec = limits_.patience.count() % 1000 * 1000000;
    (void)::timerfd_settime(timer_.get(), 0, &alarm, nullptr);
}

/// Commands have their turn in the order of their ids: the children of all before that one ran when the timer was set.
void RealScsi::note_hanging() {
    std::uint64_t count;
    (void)!::read(timer_.get(), &count, sizeof count);
    for (auto& [id, pending] : pending_) {
        if (id >= timed_before_) break;
        if (pending.child <= 0 || pending.hangs) continue;
        pending.hangs = true;
        ++hanging_;
    }
    timed_before_ = 0;
    start_waiting();
}

void RealScsi::take_answer(DevNo sg_dev, std::vector<Event>& events) {
    const int fd = files_.find(sg_dev)->second.fd.get();
    int low = 0;
    auto raw = sg_receive(fd, low, *buffers_);
    if (raw) {
        // Of the id, the kernel keeps 32 bits; commands that are under way are not that old.
        const auto age = static_cast<std::uint32_t>(next_) - static_cast<std::uint32_t>(low);
        if (const auto id = next_ - age; pending_.contains(id)) deliver(id, std::move(raw), events);
        return;
    }
    if (raw.error().code() != EAGAIN && raw.error().code() != EINTR) return lose(sg_dev, raw.error(), events);
    // A disk that is taken away hangs up at once, its answers may come later; waiting for them would spin.
    if (hung_up(fd)) lose(sg_dev, fail(ENODEV, "the disk is gone").error(), events);
}

/// Nothing more will come of what was sent.
void RealScsi::lose(DevNo sg_dev, const Error& error, std::vector<Event>& events) {
    std::vector<std::uint64_t> lost;
    for (const auto& [id, pending] : pending_)
        if (pending.sent && pending.request.sg_dev == sg_dev) lost.push_back(id);
    for (auto id : lost) {
        auto failure = under(error, safe(pending_.find(id)->second.request.disk), ": sg");
        deliver(id, std::unexpected(std::move(failure)), events);
    }
}

void RealScsi::read_child(std::uint64_t id, std::vector<Event>& events) {
    auto& pending = pending_.find(id)->second;
    char some[1024];
    const ssize_t size = ::read(pending.pipe.get(), some, sizeof some);
    if (size < 0) return;
    if (size > 0 && pending.text.size() < most_child_text) {
        pending.text.append(some, static_cast<std::size_t>(size));
        return;
    }
    auto raw = sg_read_worker_text(pending.text);
    if (!raw && raw.error().code() == EPROTO) put_under(raw.error(), safe(pending.request.disk));
    deliver(id, std::move(raw), events);
    start_waiting();
}

void RealScsi::deliver(std::uint64_t id, Result<RawScsiAnswer> raw, std::vector<Event>& events) {
    auto& event = events.emplace_back();
    event.kind = Event::Kind::scsi;
    event.scsi = raw ? judge(pending_.find(id)->second.request, *raw) : ScsiAnswer{};
    event.scsi->id = id;
    if (!raw) event.scsi->failure = std::move(raw).error();
    drop(id);
}

void RealScsi::forget(std::uint64_t id) {
    if (!pending_.contains(id)) return;
    drop(id);
    start_waiting();
}

void RealScsi::drop(std::uint64_t id) {
    auto found = pending_.find(id);
    auto& pending = found->second;
    if (pending.pipe.is_open()) poller_.remove(pending.pipe.get());
    if (pending.sent) {
        const auto sg_dev = *pending.request.sg_dev;
        --files_.find(sg_dev)->second.commands;
        close_if_idle(sg_dev);
    }
    if (pending.child > 0) {
        --children_;
        if (pending.hangs) --hanging_;
        (void)::kill(pending.child, SIGKILL);
        killed_.push_back(static_cast<std::uint64_t>(pending.child));
    }
    pending_.erase(found);
    reap();
}

void RealScsi::reap() {
    std::erase_if(killed_, [](std::uint64_t pid) { return ::waitpid(static_cast<pid_t>(pid), nullptr, WNOHANG) != 0; });
}

}  // namespace rdm
