// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <list>
#include <map>
#include <memory>
#include <vector>

#include "base/unique_fd.h"
#include "kernel/poller.h"
#include "kernel/workers.h"

namespace rdm {

/// Workers as forked children of a process with one thread. A child holds none of the poller's fds, gets default
/// signals but ignores SIGTERM and SIGINT, and dies with us (SIGKILL). Its result is what it wrote to a pipe; more than
/// 1 MiB is an error (EMSGSIZE), a crash is EIO. At the deadline, counted from its start, the child is killed, the
/// result is ETIMEDOUT, and nobody waits for it: one that the kernel holds (state D) is reaped whenever it dies.
/// SIGCHLD is blocked from open() on.
class RealWorkers : public Workers {
public:
    /// At most `at_once` children work; further ones queue. `poller` must outlive this.
    static Result<std::unique_ptr<RealWorkers>> open(Poller& poller, std::size_t at_once = 8);
    ~RealWorkers() override;
    RealWorkers(const RealWorkers&) = delete;
    RealWorkers& operator=(const RealWorkers&) = delete;

    /// EAGAIN: too many killed children hang in the kernel already.
    Result<std::uint64_t> start(std::function<std::string()>&& work, Milliseconds deadline) override;

private:
    struct Waiting {
        std::uint64_t id = 0;
        std::function<std::string()> work;
        Milliseconds deadline{0};
    };
    struct Child {
        int pid = -1;
        UniqueFd pipe;
        Moment until;
        std::string output;
        bool at_end = false;        ///< the pipe is read to its end
        std::optional<int> status;  ///< as waitpid() gives it, once reaped
    };

    RealWorkers(Poller& poller, std::size_t at_once, UniqueFd signals, UniqueFd timer)
        : poller_(poller), at_once_(at_once), signals_(std::move(signals)), timer_(std::move(timer)) {}
    Result<void> listen();
    Result<void> spawn(Waiting& waiting);
    void spawn_waiting(std::vector<Event>& events);
    void read_pipe(std::uint64_t id, std::vector<Event>& events);
    void reap(std::vector<Event>& events);
    void check_deadlines(std::vector<Event>& events);
    void finish_if_over(std::uint64_t id, std::vector<Event>& events);
    void give_up(std::uint64_t id, Error&& error, std::vector<Event>& events);
    void end(std::uint64_t id, Result<std::string> output, std::vector<Event>& events);
    void set_timer() const;

    Poller& poller_;
    std::size_t at_once_;
    UniqueFd signals_;
    UniqueFd timer_;
    std::list<Waiting> waiting_;
    std::map<std::uint64_t, Child> children_;
    std::vector<std::uint64_t> abandoned_;  ///< process ids: killed, not reaped yet
    std::uint64_t next_ = 1;
};

}  // namespace rdm
