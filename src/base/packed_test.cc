// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/packed.h"

#include <gtest/gtest.h>

#include <vector>

namespace rdm {
namespace {

constexpr std::string_view empty;
constexpr std::string_view once = "abc, no more";
constexpr std::string_view run = "aaaaaaaaaaaaaaaaaaaaaaaaa";
constexpr std::string_view lines = "retry 18 multibus\nretry 12 multibus\nretry 18 by_prio\nretry 18 multibus\n";

TEST(Packed, UnpacksToWhatItWas) {
    EXPECT_EQ(unpack(packed<empty>), empty);
    EXPECT_EQ(unpack(packed<once>), once);
    EXPECT_EQ(unpack(packed<run>), run);
    EXPECT_EQ(unpack(packed<lines>), lines);
}

TEST(Packed, TakesTheShortestWay) {
    EXPECT_EQ(packed<once>.size(), once.size()) << "nothing twice";
    EXPECT_EQ(packed<run>.size(), 1U + 3 * 2) << "one, and 24 in copies of ten at most that reach into themselves";
    EXPECT_LT(packed<lines>.size(), 45U);
    const std::uint8_t copies[] = {'a', 'b', 'c', 0x80 | 1 << 4, 2, 'd'};
    EXPECT_EQ(unpack(copies), "abcabcad") << "4 bytes from 3 back";
}

TEST(Packed, ReachesFourThousandBytesBack) {
    std::vector<std::uint8_t> bytes{'x', 'y', 'z'};
    bytes.resize(4096, '-');
    bytes.insert(bytes.end(), {0x8f, 0xff});
    const auto text = unpack(bytes);
    EXPECT_EQ(text.substr(4096), "xyz");
}

}  // namespace
}  // namespace rdm
