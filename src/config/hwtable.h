// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "config/config.h"

namespace rdm {

/// The device entries that multipath-tools of this generation has built in, in its order; each Source is a row here.
/// Source: `multipath -t` of 0.9.4, 0.11.1 and 0.14.3.
[[nodiscard]] std::vector<Section> hardware_table(Generation generation);

}  // namespace rdm
