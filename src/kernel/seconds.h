// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <string>

#include "kernel/clock.h"

namespace rdm {

/// "0.41 s"
[[nodiscard]] std::string seconds(Milliseconds time);
/// The same of the kernel's age.
[[nodiscard]] std::string seconds(Moment since_start);

}  // namespace rdm
