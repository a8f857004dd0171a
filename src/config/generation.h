// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <cstdint>
#include <optional>
#include <string_view>

namespace rdm {

/// Which multipath-tools the main system has, as far as its decisions differ. Debian 12 has 0.9.4, Debian 13 0.11.1;
/// where nothing was recorded, the newest counts. Source: decisions.md, "N" and "O".
enum class Generation : std::uint8_t { v0_9, v0_11, v0_14 };

/// "0.9", "0.11", "0.14"; a whole version too, "0.9.4" or "0.11.1-2": the newest generation that is not newer.
[[nodiscard]] std::optional<Generation> generation_named(std::string_view version);
[[nodiscard]] std::string_view text(Generation generation);

}  // namespace rdm
