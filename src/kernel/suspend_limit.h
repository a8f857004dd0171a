// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <memory>

#include "kernel/clock.h"

namespace rdm {

/// Interrupts whatever system call this process waits in, by SIGALRM, once `after` is over and again and again from
/// then on: the call may not have begun at the first one. Device-mapper's wait for in-flight I/O ends that way.
class SuspendLimit {
public:
    explicit SuspendLimit(Milliseconds after);
    ~SuspendLimit();
    SuspendLimit(const SuspendLimit&) = delete;
    SuspendLimit& operator=(const SuspendLimit&) = delete;
    /// Whether the time is over.
    [[nodiscard]] bool passed() const;

private:
    struct Before;  ///< the signal's action and the mask that were there
    std::unique_ptr<Before> before_;
    Moment end_;
};

}  // namespace rdm
