// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <algorithm>

#include "kernel/clock.h"

namespace rdm {

/// When something that came to nothing is tried again: each time later, up to 8 s.
struct Backoff {
    static constexpr Milliseconds first{250};
    static constexpr Milliseconds longest{8000};

    Moment again;
    Milliseconds pause{0};

    /// It came to nothing once more.
    void grow(Moment now) {
        pause = pause == Milliseconds(0) ? first : std::min(pause * 2, longest);
        again = now + pause;
    }
    /// For the first time.
    [[nodiscard]] bool is_first() const { return pause <= first; }
};

}  // namespace rdm
