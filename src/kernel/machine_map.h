// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <string>
#include <string_view>

#include "base/result.h"
#include "kernel/dm.h"

namespace rdm {

/// A map from the lines of its section in a machine text (kernel/machine.h), and back. EINVAL: the line that is wrong.
Result<DmMap> machine_map(std::string_view name, std::string_view lines);
[[nodiscard]] std::string machine_map_lines(const DmMap& map);

}  // namespace rdm
