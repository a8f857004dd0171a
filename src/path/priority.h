// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <string>
#include <string_view>

#include "kernel/scsi.h"
#include "path/path.h"

namespace rdm {

struct Probe;

/// A path's priority and its source: "const", "sysfs access_state", "RTPG", "VPD c9h".
struct Prioritized {
    int value = -1;    ///< -1: not known
    std::string from;  ///< with -1 why: "no answer to RTPG yet", "RTPG: check condition, Illegal Request 24/00"
    bool operator==(const Prioritized&) const = default;
};

/// What the probe's prioritizer says by now:
///   const         1; also in place of random and path_latency, which nobody can foretell (`from` says so: one line in
///                 the log is the caller's)
///   sysfs, alua   alua_priority() of the access that sysfs shows, or RTPG reports (Probe says which is believed when)
///   the others    what prioritized_by() or fixed_priority() made of their question; hds, iet, datacore and
///   weightedpath
///                 have none
/// Source: decisions.md 7.2; multipath-tools 0.9.4 and 0.14.3, libmultipath/prioritizers/.
Prioritized prioritized(const Probe& probe);

/// What the answer to a prioritizer's main question (path/questions.h) means; -1, and why, for one without.
///   hp_sw         TEST UNIT READY good 4, Not Ready 04/02 (standby) 2, else 0
///   ontap         from NetApp's page 41h: iSCSI by software 2, by an adapter 3, else 4; 0 without it. Then VPD c1h
///                 (prioritized_by_proxy()) makes a proxied path of the 4 a 1
///   rdac, emc, ana   see rdac.h, clariion.h, ana.h
Prioritized prioritized_by(Prioritizer prio, const ScsiAnswer& answer);
/// `answer`: VPD page C1h of a NetApp disk. Without a sound one the path is none.
Prioritized prioritized_by_proxy(const ScsiAnswer& answer);

}  // namespace rdm
