// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <chrono>

namespace rdm {

using Milliseconds = std::chrono::milliseconds;

/// Moments of CLOCK_BOOTTIME, so that "after 0.41 s" means since the kernel started.
struct BootClock {
    using duration = std::chrono::nanoseconds;
    using rep = duration::rep;
    using period = duration::period;
    using time_point = std::chrono::time_point<BootClock>;
    static constexpr bool is_steady = true;
};
using Moment = BootClock::time_point;

/// For children and other short pauses: everybody else waits for events.
void pause_for(Milliseconds time);

}  // namespace rdm
