// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <span>
#include <string>
#include <vector>

#include "config/rules.h"
#include "path/path.h"

namespace rdm {

/// What somebody at the console should know when wanted maps have not come, at most ten lines: what was recorded of the
/// first of them, which of the disks `seen` bear its WWID and what keeps them, another one of the same make and size
/// where none does, and what to type. `missing`: their WWIDs, at least one.
[[nodiscard]] std::string missing_text(const Rules& rules, const std::vector<std::string>& missing,
                                       std::span<const Path> seen);

}  // namespace rdm
