// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <string>

#include "boot/world.h"

namespace rdm {

/// A map of `world.decided`: its state, why it has these groups, what is in its table.
[[nodiscard]] std::string explain_map(const World& world, const Map& map);

/// A multipath map of device-mapper that no disk here belongs to.
[[nodiscard]] std::string explain_pathless(const DmMap& dm);

}  // namespace rdm
