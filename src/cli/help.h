// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <optional>
#include <string>

#include "cli/options.h"

namespace rdm {

/// Everything on one screen of 80 columns and 24 lines, or one verb in a few lines. Ends with a newline.
[[nodiscard]] std::string help_text(std::optional<Verb> verb);

}  // namespace rdm
