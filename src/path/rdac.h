// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include "path/checker.h"
#include "path/priority.h"

// VPD page C9h, Volume Access Control, of LSI's and NetApp's RDAC arrays. Bytes that are not there count as 0.
// Source: multipath-tools 0.9.4 and 0.14.3 (the same in both), propsel.c, checkers/rdac.c, prioritizers/rdac.c.

namespace rdm {

/// Whether the disk is one of such an array: its page says "vac1".
[[nodiscard]] bool is_rdac_page(Bytes page);

/// up: the controller owns the volume (byte 8, bit 0) or ioship is on (bit 5); ghost: it does not. down: no page, the
/// volume is not connected (peripheral qualifier and device type other than 0), or the target port group information
/// (byte 8, bit 4) has this controller unavailable, or transitioning while the other is not.
/// What multipathd's checker does when it begins, setting TAS in the control mode page, is left to multipathd.
[[nodiscard]] Checked checked_by_rdac(const ScsiAnswer& answer);

/// Owner 2, plus preferred path (byte 9) 4 or secondary path 1, plus ioship 8. 0: no such page.
[[nodiscard]] Prioritized prioritized_by_rdac(const ScsiAnswer& answer);

}  // namespace rdm
