// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <span>
#include <string>
#include <string_view>

#include "config/rules.h"
#include "path/path.h"

namespace rdm {

/// What somebody at the console should know when wanted maps have not come, at most ten lines: what was recorded of the
/// first of them, which of the disks `seen` bear its WWID and what keeps them, another one of the same make and size
/// where none does, and what to type. `wwid`: of the first; "": none was named.
[[nodiscard]] std::string missing_text(const Rules& rules, std::string_view wwid, std::span<const Path> seen);

}  // namespace rdm
