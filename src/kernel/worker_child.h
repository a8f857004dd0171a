// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <functional>
#include <string>

#include "base/result.h"
#include "base/unique_fd.h"
#include "kernel/poller.h"

namespace rdm {

/// The longest text that a worker may leave, in bytes.
constexpr std::size_t most_worker_output = 1 << 20;

struct WorkerChild {
    int pid = -1;
    UniqueFd pipe;  ///< our end, non-blocking, for reading
};

/// Forks a child that runs `work`, writes its text into the pipe and exits; it holds none of the poller's fds, has no
/// signal blocked, ignores SIGTERM and SIGINT, and dies when we do.
Result<WorkerChild> fork_worker(Poller& poller, const std::function<std::string()>& work);

}  // namespace rdm
