// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/crc32.h"

#include <array>

namespace rdm {

namespace {
/// What four bits leave behind: a table of 64 bytes, where one for whole bytes would take a kilobyte of the image.
constexpr auto nibbles = [] {
    std::array<std::uint32_t, 16> table{};
    for (std::uint32_t n = 0; n < table.size(); ++n) {
        std::uint32_t rest = n;
        for (int bit = 0; bit < 4; ++bit) rest = (rest & 1) != 0 ? rest >> 1 ^ 0xedb88320U : rest >> 1;
        table[n] = rest;
    }
    return table;
}();
}  // namespace

std::uint32_t crc32(Bytes bytes, std::uint32_t so_far) {
    std::uint32_t crc = ~so_far;
    for (auto byte : bytes) {
        crc ^= byte;
        crc = crc >> 4 ^ nibbles[crc & 15];
        crc = crc >> 4 ^ nibbles[crc & 15];
    }
    return ~crc;
}

}  // namespace rdm
