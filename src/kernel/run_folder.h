// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include "base/unique_fd.h"

namespace rdm {

/// /run through a descriptor kept from the start, so that it works after switch_root, which moves it into the new root.
class RunFolder {
public:
    /// Where there is none, nothing is written, and nothing found.
    explicit RunFolder(const char* root = "/run");

    /// Writes sendsigs.omit.d/rdmpath: sysvinit's end spares the processes that are named there. Best effort.
    void ask_to_be_spared() const;
    /// Removes what we left in /run for as long as we live, down to the switch and the unit; the report stays. Source:
    /// hosts.md 2.2 and 3.
    void clear() const;
    /// rdmpath/report, to be appended to; made with its folder. Not open: it could not be had.
    [[nodiscard]] UniqueFd open_report() const;
    /// Lent, for those who look further; -1: there is none.
    [[nodiscard]] int fd() const { return fd_.get(); }

private:
    [[nodiscard]] UniqueFd create(const char* folder, const char* file, int flags) const;
    UniqueFd fd_;
};

}  // namespace rdm
