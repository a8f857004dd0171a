// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/crc32.h"

#include <gtest/gtest.h>

namespace rdm {
namespace {

// Check value: the "CRC-32/ISO-HDLC" entry of the CRC catalogue; the others from zlib's crc32() and the Ethernet
// residue (a message followed by its own CRC leaves the same rest for every message).
TEST(Crc32, KnownValues) {
    struct {
        std::string_view text;
        std::uint32_t want;
    } rows[] = {
        {"", 0},
        {"a", 0xe8b7be43},
        {"123456789", 0xcbf43926},
        {"The quick brown fox jumps over the lazy dog", 0x414fa339},
        {std::string_view("123456789\x26\x39\xf4\xcb", 13), 0x2144df1c},
    };
    for (auto& row : rows) EXPECT_EQ(crc32(bytes_of(row.text)), row.want) << row.text;
}

TEST(Crc32, PiecesMakeTheWhole) {
    Bytes whole = bytes_of("123456789");
    for (std::size_t at = 0; at <= whole.size(); ++at)
        EXPECT_EQ(crc32(whole.subspan(at), crc32(whole.first(at))), 0xcbf43926) << at;
}

}  // namespace
}  // namespace rdm
