// SPDX-License-Identifier: GPL-2.0-or-later
// Expectations: IEC 80000-13 binary prefixes, worked out by hand.
#include "cli/size.h"

#include <gtest/gtest.h>

namespace rdm {
namespace {

TEST(Size, Text) {
    struct {
        std::uint64_t sectors;
        std::string_view want;
    } rows[] = {
        {0, "0 B"},
        {1, "512 B"},
        {2, "1 KiB"},
        {3, "1.5 KiB"},
        {2047, "1 MiB"},  // 1023.5 KiB
        {2046, "1023 KiB"},
        {2048, "1 MiB"},
        {2560, "1.3 MiB"},  // 1.25
        {16384, "8 MiB"},
        {199 * 1024, "99.5 MiB"},
        {204799, "100 MiB"},  // one sector less than 100 MiB
        {2097152, "1 GiB"},
        {2097151, "1 GiB"},
        {209715200, "100 GiB"},
        {976773168, "466 GiB"},    // a "500 GB" disk
        {15628053168, "7.3 TiB"},  // an "8 TB" disk
        {0xffffffffffffffff, "8 ZiB"},
    };
    for (auto& row : rows) EXPECT_EQ(size_text(row.sectors), row.want) << row.sectors;
}

}  // namespace
}  // namespace rdm
