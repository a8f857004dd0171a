// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <cstdint>

#include "base/bytes.h"

namespace rdm {

/// The CRC-32 of Ethernet, zip and GPT (reflected polynomial EDB88320h, inverted at both ends): 0 for no bytes.
/// `so_far`: the CRC of all bytes before these, for data that comes in pieces.
/// Source: UEFI specification 2.10, 5.3.2 (it names ISO 3309).
[[nodiscard]] std::uint32_t crc32(Bytes bytes, std::uint32_t so_far = 0);

}  // namespace rdm
