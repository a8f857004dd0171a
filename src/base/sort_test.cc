// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/sort.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

namespace rdm {
namespace {

TEST(SortBy, AsTheLibrarySorts) {
    std::mt19937 random(1);
    for (std::size_t size = 0; size < 70; ++size) {
        std::vector<int> ours(size);
        for (int& one : ours) one = static_cast<int>(random() % 20);
        auto theirs = ours;
        std::ranges::sort(theirs);
        sort_by(ours);
        EXPECT_EQ(ours, theirs);
        std::ranges::sort(theirs, std::ranges::greater{});
        sort_by(ours, std::ranges::greater{});
        EXPECT_EQ(ours, theirs);
    }
}

TEST(SortBy, Projection) {
    std::vector<std::string> names{"sdaa", "sdb", "sda"};
    sort_by(names, {}, [](const std::string& name) { return std::pair(name.size(), name); });
    EXPECT_EQ(names, (std::vector<std::string>{"sda", "sdb", "sdaa"}));
}

}  // namespace
}  // namespace rdm
