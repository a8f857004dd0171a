// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include "path/checker.h"
#include "path/priority.h"

// VPD page C0h, unit path report, of EMC's CLARiiON. Bytes that are not there count as 0.
// Source: multipath-tools 0.9.4 and 0.14.3 (the same in both), checkers/emc_clariion.c, prioritizers/emc.c.

namespace rdm {

/// up: the page is sound (page c0h, revision 0 in byte 9), initiator type 3 (byte 27), failover mode 1 or 4 (byte 28),
/// array comm path 1 (byte 30, bit 2), normal operation (byte 48 zero), and the unit is bound (byte 4). A passive path
/// is up too, not ghost. down otherwise, and why. Two things of multipathd's checker need a memory and are not here: a
/// WWN that changes, and passive paths of an inactive snapshot.
[[nodiscard]] Checked checked_by_clariion(const ScsiAnswer& answer);

/// The path is an active one (byte 4 is 2), whose READ must be good.
[[nodiscard]] bool is_clariion_active(const ScsiAnswer& answer);

/// Byte 4 (0 unbound, 1 bound, 2 owned), plus 2 if the default owner (byte 5) is this port's processor (byte 8). -1: a
/// page that would be down, but for an unbound unit.
[[nodiscard]] Prioritized prioritized_by_clariion(const ScsiAnswer& answer);

}  // namespace rdm
