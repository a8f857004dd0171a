// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/packed.h"

namespace rdm {

std::string unpack(std::span<const std::uint8_t> bytes) {
    std::string text;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        const std::size_t first = bytes[i];
        if (first < 0x80) {
            text.push_back(static_cast<char>(first));
            continue;
        }
        const std::size_t back = ((first & 15) << 8 | bytes[++i]) + 1;
        for (auto size = (first >> 4 & 7) + least_copy; size > 0; --size) text.push_back(text[text.size() - back]);
    }
    return text;
}

}  // namespace rdm
