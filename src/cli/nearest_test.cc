// SPDX-License-Identifier: GPL-2.0-or-later
// Expectations: worked out by hand.
#include "cli/nearest.h"

#include <gtest/gtest.h>

namespace rdm {
namespace {

TEST(Nearest, Names) {
    using Names = std::vector<std::string>;
    struct {
        std::string word;
        Names names, want;
    } rows[] = {
        {"sdx", {"sda", "sdb", "nvme0n1"}, {"sda", "sdb"}},
        {"sdx", {"sdd", "sdc", "sdb", "sda", "sda"}, {"sda", "sdb", "sdc"}},
        {"sdb1", {"sda", "sdb", "sdc"}, {"sdb"}},
        {"sdb1", {"sdb", "sdb10"}, {"sdb", "sdb10"}},
        {"360060e80", {"360060e8012345678", "3500a0751e1b2c3d4"}, {"360060e8012345678"}},
        {"360060e8012345679", {"360060e8012345678"}, {"360060e8012345678"}},
        {"nvme0", {"nvme0n1", "sda"}, {"nvme0n1"}},
        {"nonsense", {"sda", "360060e8012345678", ""}, {}},
        {std::string(129, 'a'), {std::string(128, 'a')}, {}},
        {"sda", {}, {}},
    };
    for (auto& row : rows) EXPECT_EQ(nearest(row.word, row.names), row.want) << row.word;
}

}  // namespace
}  // namespace rdm
