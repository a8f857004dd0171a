// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <optional>

#include "kernel/clock.h"
#include "kernel/neighbours.h"

namespace rdm {

/// Around switch_root udev ends, and another one begins: a change in between would be seen by nobody, and a map made
/// then never be announced. So what needs udev waits until it is back, but no longer than 30 s. Source: handoff.md 2;
/// hosts.md, trap 11.
class UdevPause {
public:
    /// While udev is away, the moment to look again; nullopt: it is there, or was never (`neighbours` may be nullptr),
    /// or has been waited for.
    std::optional<Moment> look(Neighbours* neighbours, Moment now);

private:
    bool seen_ = false;  ///< it was there
    std::optional<Moment> since_;
};

}  // namespace rdm
