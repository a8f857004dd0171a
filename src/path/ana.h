// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include "path/priority.h"

namespace rdm {

/// The answer to ScsiCommand::nvme_ana: the controller has ANA, or would not say, which multipath-tools takes for the
/// same (propsel.c, detect_prio()).
[[nodiscard]] bool has_ana(const ScsiAnswer& answer);

/// optimized 50, non-optimized 10, inaccessible and change 1, persistent loss 0. -1: no answer, a log page that is cut
/// short before the namespace's group, another state. 0.14.3 asks for the namespaces of each group too unless group
/// identifiers never change; the group that IDENTIFY names is the same.
/// Source: NVM Express base specification 2.0, figure 211 (ANA log page); multipath-tools 0.9.4 and 0.14.3 (the same
/// in both), prioritizers/ana.c.
[[nodiscard]] Prioritized prioritized_by_ana(const ScsiAnswer& answer);

}  // namespace rdm
