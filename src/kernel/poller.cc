// SPDX-License-Identifier: GPL-2.0-or-later
#include "kernel/poller.h"

#include <sys/epoll.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace rdm {

namespace {

constexpr int batch = 64;

epoll_event interest(Readiness readiness, std::uint64_t id) {
    epoll_event event{};
    event.data.u64 = id;
    if (readiness != Readiness::writable) event.events |= EPOLLIN;
    if (readiness != Readiness::readable) event.events |= EPOLLOUT;
    return event;
}

}  // namespace

Result<Poller> Poller::open() {
    UniqueFd epoll(::epoll_create1(EPOLL_CLOEXEC));
    if (!epoll.is_open()) return fail_errno("epoll");
    return Poller(std::move(epoll));
}

Result<void> Poller::add(int fd, Readiness readiness, Handler handler) {
    auto id = next_++;
    auto event = interest(readiness, id);
    if (::epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, fd, &event) != 0) return fail_errno("epoll: fd ", fd);
    registered_[fd] = id;
    sources_[id] = Source{fd, std::move(handler)};
    return {};
}

Result<void> Poller::modify(int fd, Readiness readiness) {
    auto known = registered_.find(fd);
    if (known == registered_.end()) return fail(ENOENT, "epoll: fd ", fd, " is not registered");
    auto event = interest(readiness, known->second);
    if (::epoll_ctl(epoll_.get(), EPOLL_CTL_MOD, fd, &event) != 0) return fail_errno("epoll: fd ", fd);
    return {};
}

void Poller::remove(int fd) {
    auto known = registered_.find(fd);
    if (known == registered_.end()) return;
    (void)::epoll_ctl(epoll_.get(), EPOLL_CTL_DEL, fd, nullptr);
    sources_.erase(known->second);
    registered_.erase(known);
}

Result<void> Poller::wait(Patience patience, std::vector<Event>& events) {
    epoll_event ready[batch];
    int count = ::epoll_wait(epoll_.get(), ready, batch, patience == Patience::sleep ? -1 : 0);
    if (count < 0 && errno != EINTR) return fail_errno("epoll");
    for (int n = 0; n < count; ++n) call(ready[n].data.u64, events);
    return {};
}

/// The handler is out of the map while it runs: it may remove itself.
void Poller::call(std::uint64_t id, std::vector<Event>& events) {
    auto source = sources_.find(id);
    if (source == sources_.end()) return;  // removed by a handler before it
    auto handler = std::move(source->second.handler);
    handler(events);
    source = sources_.find(id);
    if (source != sources_.end()) source->second.handler = std::move(handler);
}

void Poller::close_all_in_child() {
    for (const auto& [fd, id] : registered_) ::close(fd);
    registered_.clear();
    sources_.clear();
    if (epoll_.is_open()) epoll_ = UniqueFd();
}

}  // namespace rdm
