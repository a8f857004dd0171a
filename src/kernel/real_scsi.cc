// SPDX-License-Identifier: GPL-2.0-or-later
#include "kernel/real_scsi.h"

#include <fcntl.h>
#include <poll.h>
#include <scsi/sg.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>

#include "kernel/scsi_queue.h"
#include "kernel/worker_child.h"

namespace rdm {

namespace {

/// 4,096 paths with a command each, and room for everything else.
constexpr rlim_t wanted_files = 16384;
constexpr std::size_t most_child_text = 2 * most_scsi_data;
constexpr std::size_t most_killed = 256;

void raise_file_limit() {
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= wanted_files) return;
    const rlimit more{.rlim_cur = wanted_files, .rlim_max = std::max(limit.rlim_max, wanted_files)};
    if (::setrlimit(RLIMIT_NOFILE, &more) == 0) return;
    limit.rlim_cur = std::min(limit.rlim_max, wanted_files);  // not privileged
    (void)::setrlimit(RLIMIT_NOFILE, &limit);
}

bool hung_up(int fd) {
    pollfd one{.fd = fd, .events = POLLIN, .revents = 0};
    return ::poll(&one, 1, 0) > 0 && (one.revents & (POLLHUP | POLLERR)) != 0 && (one.revents & POLLIN) == 0;
}

}  // namespace

Result<std::unique_ptr<RealScsi>> RealScsi::open(Poller& poller, const Nodes& nodes, const Sysfs& sysfs,
                                                 std::size_t children_at_once) {
    raise_file_limit();
    return std::unique_ptr<RealScsi>(new RealScsi(poller, nodes, sysfs, children_at_once));
}

RealScsi::~RealScsi() {
    while (!pending_.empty()) forget(pending_.begin()->first);
}

Result<std::uint64_t> RealScsi::submit(const ScsiRequest& request) {
    Pending pending{.request = request, .cdb = TRY(cdb_of(request)), .fd = UniqueFd(), .text = {}};
    const auto id = next_++;
    if (request.sg_dev && !is_crowded(sysfs_, request.dev)) {
        TRY(send(id, pending));
    } else {
        waiting_.push_back(id);
    }
    pending_.emplace(id, std::move(pending));
    start_waiting();
    return id;
}

Result<void> RealScsi::send(std::uint64_t id, Pending& pending) {
    const auto subject = escape(pending.request.disk);
    pending.fd = TRY(nodes_.open_device(NodeKind::character, *pending.request.sg_dev, "", O_RDWR), subject, ": sg");
    int reserve = 0;  // instead of the 32 KiB that the driver sets aside for each open file
    (void)::ioctl(pending.fd.get(), SG_SET_RESERVED_SIZE, &reserve);
    TRY(sg_send(pending.fd.get(), pending.cdb, pending.request.timeout, *buffers_), subject, ": sg");
    TRY(poller_.add(pending.fd.get(), Readiness::readable,
                    [this, id](std::vector<Event>& events) { take_answer(id, events); }));
    return {};
}

Result<void> RealScsi::start_child(std::uint64_t id, Pending& pending) {
    reap();
    if (killed_.size() >= most_killed) return fail(EAGAIN, "too many workers hang");
    auto child = TRY(fork_worker(poller_, [this, request = pending.request, cdb = pending.cdb] {
        return sg_ask_and_wait(nodes_, request, cdb);
    }));
    pending.fd = std::move(child.pipe);
    pending.child = child.pid;
    auto added = poller_.add(pending.fd.get(), Readiness::readable,
                             [this, id](std::vector<Event>& events) { read_child(id, events); });
    if (!added) {
        ::kill(pending.child, SIGKILL);
        killed_.push_back(pending.child);
        return added;
    }
    ++children_;
    return {};
}

/// One that cannot be started now is tried again whenever something ends or begins.
void RealScsi::start_waiting() {
    while (children_ < at_once_ && !waiting_.empty()) {
        auto found = pending_.find(waiting_.front());
        if (found != pending_.end() && !start_child(found->first, found->second)) return;
        waiting_.pop_front();
    }
}

void RealScsi::take_answer(std::uint64_t id, std::vector<Event>& events) {
    auto& pending = pending_.find(id)->second;
    auto raw = sg_receive(pending.fd.get(), pending.cdb, *buffers_);
    if (!raw && (raw.error().code == EAGAIN || raw.error().code == EINTR)) {
        // A disk that is taken away hangs up at once, its answer may come later; waiting for it would spin.
        if (!hung_up(pending.fd.get())) return;
        raw = fail(ENODEV, "the disk is gone");
    }
    if (!raw) raw.error().what = cat(escape(pending.request.disk), ": sg: ", raw.error().what);
    deliver(id, std::move(raw), events);
}

void RealScsi::read_child(std::uint64_t id, std::vector<Event>& events) {
    auto& pending = pending_.find(id)->second;
    char some[1024];
    const ssize_t size = ::read(pending.fd.get(), some, sizeof some);
    if (size < 0) return;
    if (size > 0 && pending.text.size() < most_child_text) {
        pending.text.append(some, static_cast<std::size_t>(size));
        return;
    }
    auto raw = sg_read_worker_text(pending.text);
    if (!raw && raw.error().code == EPROTO)
        raw.error().what = cat(escape(pending.request.disk), ": ", raw.error().what);
    deliver(id, std::move(raw), events);
    start_waiting();
}

void RealScsi::deliver(std::uint64_t id, Result<RawScsiAnswer> raw, std::vector<Event>& events) {
    Event event;
    event.kind = Event::Kind::scsi;
    event.scsi = raw ? judge(pending_.find(id)->second.request, *raw) : ScsiAnswer{};
    event.scsi->id = id;
    if (!raw) event.scsi->failure = std::move(raw).error();
    drop(id);
    events.push_back(std::move(event));
}

void RealScsi::forget(std::uint64_t id) {
    if (!pending_.contains(id)) return;
    drop(id);
    start_waiting();
}

void RealScsi::drop(std::uint64_t id) {
    auto found = pending_.find(id);
    auto& pending = found->second;
    if (pending.fd.is_open()) poller_.remove(pending.fd.get());
    if (pending.child > 0) {
        --children_;
        (void)::kill(pending.child, SIGKILL);
        killed_.push_back(pending.child);
    }
    pending_.erase(found);
    reap();
}

void RealScsi::reap() {
    std::erase_if(killed_, [](pid_t child) { return ::waitpid(child, nullptr, WNOHANG) != 0; });
}

}  // namespace rdm
