// SPDX-License-Identifier: GPL-2.0-or-later
#include "kernel/heap.h"

#include <gtest/gtest.h>

#include <cerrno>
#include <cstdint>
#include <cstring>
#include <random>
#include <vector>

namespace rdm {
namespace {

struct Taken {
    std::uint8_t* memory;
    std::size_t size;
    std::uint8_t fill;
};

bool is_whole(const Taken& one) {
    for (std::size_t i = 0; i < one.size; ++i)
        if (one.memory[i] != one.fill) return false;
    return true;
}

// What C says of malloc() (ISO C 7.24.3): aligned, as large as asked for, and nobody else's.
TEST(Heap, GivesEverybodyMemoryOfTheirOwn) {
    std::minstd_rand random(1);
    std::vector<Taken> taken;
    for (int step = 0; step < 20000; ++step) {
        if (taken.size() > 200 || (!taken.empty() && random() % 3 == 0)) {
            auto& one = taken[random() % taken.size()];
            ASSERT_TRUE(is_whole(one)) << step;
            give_back(one.memory);
            one = taken.back();
            taken.pop_back();
            continue;
        }
        const std::size_t size = random() % (random() % 50 == 0 ? 100000 : 600);
        Taken one{static_cast<std::uint8_t*>(take_memory(size)), size, static_cast<std::uint8_t>(step)};
        ASSERT_TRUE(one.memory) << step;
        ASSERT_EQ(reinterpret_cast<std::uintptr_t>(one.memory) % 16, 0U) << step;
        ASSERT_GE(room_of(one.memory), size) << step;
        std::memset(one.memory, one.fill, size);
        taken.push_back(one);
    }
    for (const auto& one : taken) {
        EXPECT_TRUE(is_whole(one));
        give_back(one.memory);
    }
}

TEST(Heap, TakesBackWhatItGave) {
    for (std::size_t size : {0UL, 1UL, 16UL, 17UL, 100UL, 24560UL, 24561UL, 100000UL}) {
        auto* first = take_memory(size);
        ASSERT_TRUE(first) << size;
        give_back(first);
        auto* second = take_memory(size);
        EXPECT_TRUE(first == second || size > 24560) << size;
        give_back(second);
    }
}

TEST(Heap, RefusesWhatNobodyHas) {
    for (std::size_t size : {SIZE_MAX, SIZE_MAX - 15, SIZE_MAX / 2, SIZE_MAX / 4}) {
        errno = 0;
        EXPECT_EQ(take_memory(size), nullptr) << size;
        EXPECT_EQ(errno, ENOMEM) << size;
    }
}

}  // namespace
}  // namespace rdm
