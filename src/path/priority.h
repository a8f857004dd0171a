// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <string>

#include "path/probe.h"

namespace rdm {

/// A path's priority and its source: "const", "sysfs access_state", "RTPG", "hp_sw".
struct Prioritized {
    int value = -1;    ///< -1: not known
    std::string from;  ///< with -1 why: "no answer to RTPG yet", "RTPG: check condition, Illegal Request 24/00"
    bool operator==(const Prioritized&) const = default;
};

/// The prioritizer that detect_prio selects, and what it says: with TPGS the access state as sysfs has it, else as RTPG
/// has it; without TPGS 1 for all, but hp_sw's 4 active, 2 on standby, 0 neither for the rows of vendor_wwid.h that
/// have HP's standby. Source: decisions.md 7.1 and 7.2; multipath-tools 0.14.3, propsel.c and prioritizers/.
Prioritized prioritized(const Probe& probe);
/// Which one that is; hp_sw counts as `constant`, since nobody groups by it.
Prioritizer prioritizer(const Probe& probe);

}  // namespace rdm
