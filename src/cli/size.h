// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <cstdint>
#include <string>

namespace rdm {

/// A size for people, from units of 512 bytes, in binary units with at most one decimal, rounded:
/// "512 B", "1.5 KiB", "100 GiB". A decimal that would be 0 is left out, and from 100 on there is none.
[[nodiscard]] std::string size_text(std::uint64_t sectors);

}  // namespace rdm
