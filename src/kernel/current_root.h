// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include "base/unique_fd.h"

namespace rdm {

/// After switch_root, names in our own root resolve to nothing; those of PID 1's do. A visit makes them ours and ends
/// with this object, so that no file system is held busy in between. Where both are the same root, or /proc tells
/// nothing, or we may not change it, it changes nothing.
class RootVisit {
public:
    /// `proc`: a descriptor of /proc, kept since before switch_root.
    explicit RootVisit(int proc);
    RootVisit(const RootVisit&) = delete;
    RootVisit& operator=(const RootVisit&) = delete;
    ~RootVisit();

private:
    UniqueFd home_;  ///< open while we are away
};

}  // namespace rdm
