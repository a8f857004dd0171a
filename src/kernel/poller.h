// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <vector>

#include "base/result.h"
#include "base/unique_fd.h"
#include "kernel/event.h"

namespace rdm {

enum class Readiness { readable, writable, both };

/// One epoll for everything that waits. Who owns an fd registers it with a handler, which reads what is there and adds
/// what it means to the list of events. Handlers may add, modify and remove any fd, their own too. Move it only before
/// the first add(); afterwards others hold its address.
class Poller {
public:
    using Handler = std::function<void(std::vector<Event>& events)>;

    static Result<Poller> open();

    /// The fd stays the caller's, who removes it before closing it. Errors and hang-ups also call the handler.
    Result<void> add(int fd, Readiness readiness, Handler handler);
    Result<void> modify(int fd, Readiness readiness);
    void remove(int fd);

    /// Sleeps until an fd is ready, or not at all, and calls the handlers. EINTR is no error: the list may stay empty.
    enum class Patience { look, sleep };
    Result<void> wait(Patience patience, std::vector<Event>& events);

    /// For a forked child: closes its copies of every registered fd (sg devices, sockets, pipes) and of the epoll, so
    /// that they don't live on in it.
    void close_all_in_child();

private:
    explicit Poller(UniqueFd epoll) : epoll_(std::move(epoll)) {}
    struct Source {
        int fd = -1;
        Handler handler;
    };
    void call(std::uint64_t id, std::vector<Event>& events);

    UniqueFd epoll_;
    std::map<std::uint64_t, Source> sources_;  ///< by registration, so that a stale event never meets a reused fd
    std::map<int, std::uint64_t> registered_;
    std::uint64_t next_ = 1;
};

}  // namespace rdm
