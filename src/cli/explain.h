// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <optional>
#include <string>

#include "base/result.h"
#include "boot/world.h"

namespace rdm {

/// What `rdmpath explain` prints: for a disk ("sdb", "/dev/sdb", "8:16") whether it is a path of a map, in which group,
/// where each answer came from, and what would change it; for a WWID or a map's name the map and its groups; without a
/// subject one line for each disk. Ends with a newline; text from devices escaped.
/// ENOENT: nothing here has that name; the text names the nearest ones.
Result<std::string> explain_text(const World& world, const std::optional<std::string>& subject);

}  // namespace rdm
