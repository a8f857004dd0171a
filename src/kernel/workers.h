// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <cstdint>
#include <functional>
#include <string>

#include "base/result.h"
#include "kernel/clock.h"

namespace rdm {

/// What may block (device-mapper, reads) runs in a child process, never in the loop: a child that hangs in the kernel
/// holds up neither the loop nor our exit, which a thread would. The child is a fork: it sees our values, we see only
/// its text.
class Workers {
public:
    virtual ~Workers() = default;
    /// Runs `work` in a child; its text arrives later as an Event with the returned id. After `deadline` the child is
    /// killed and the event carries ETIMEDOUT.
    virtual Result<std::uint64_t> start(std::function<std::string()>&& work, Milliseconds deadline) = 0;
};

}  // namespace rdm
