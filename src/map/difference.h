// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <string>
#include <vector>

#include "map/map.h"
#include "map/table.h"

namespace rdm {

/// Why the kernel's table has to be replaced, one text a reason; none: it may stay. `wanted`: with exactly the paths
/// that should be in the table. Compares what multipathd's select_action() compares: the handler only if the kernel has
/// none (an attached one is retained), features without queue_if_no_path and retain_attached_hw_handler, selector, the
/// last path's repeat count, and groups as sets, without order. Source: decisions.md 11.3, rules 7 to 11.
/// Unlike multipathd, which compares at its start only, never finds one that a reload would not end: features are what
/// the kernel makes of them, and the selector's arguments, which it does not print, are none.
[[nodiscard]] std::vector<std::string> differences(const Map& wanted, const MultipathTable& now);

/// Messages that bring the kernel's view of a table that stays in line with ours: fail_path, reinstate_path,
/// queue_if_no_path, fail_if_no_path, switch_group. Paths in a state that we do not know are left as they are, and so
/// are those of `wanted` that the table does not hold. Source: decisions.md 6.1 (sync_map_state()), 11.3 rule 12.
[[nodiscard]] std::vector<std::string> messages(const Map& wanted, const MultipathTable& now,
                                                const MultipathStatus& status);

/// fail_path for after a create or reload, which make every path active: for each path that is down, and for each that
/// has not answered (pending) and had failed in the table before; null: there was none.
[[nodiscard]] std::vector<std::string> fail_messages(const Map& wanted, const MultipathStatus* before);

}  // namespace rdm
