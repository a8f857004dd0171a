// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <string>

#include "boot/world.h"

namespace rdm {

/// One disk of `world.paths`: "sdb is a path of …" or "sda is not a path of any map.", what is known of it with the
/// source of each answer, and what would change that.
[[nodiscard]] std::string explain_path(const World& world, const Path& path);

/// One line for each disk: the map and group it is in, or the reason why it is in none.
[[nodiscard]] std::string explain_briefly(const World& world);

}  // namespace rdm
