// SPDX-License-Identifier: GPL-2.0-or-later
#include "path/rdac.h"

#include <gtest/gtest.h>

#include "path/fixture.h"

namespace rdm {
namespace {

/// A volume access control page of 48 bytes as multipath-tools reads it, with its bytes 8 to 12.
Buffer page_with(std::string_view bytes_8_to_12, std::string_view first = "00") {
    return hex_bytes(cat(first, "c9002c 76616331 ", bytes_8_to_12, std::string(70, '0')));
}

ScsiAnswer answered(Buffer page) {
    ScsiAnswer answer;
    answer.data = std::move(page);
    return answer;
}

// Expectations by multipath-tools 0.9.4 and 0.14.3, checkers/rdac.c, libcheck_check(), and prioritizers/rdac.c.
TEST(Rdac, KnowsStatesAndPriorities) {
    struct {
        std::string_view name, first, bytes;
        PathState state;
        std::string_view from;
        int priority;
    } rows[] = {
        {"owner", "00", "0100000000", PathState::up, "VPD c9h: owner", 2},
        {"owner, preferred", "00", "0101000000", PathState::up, "VPD c9h: owner", 6},
        {"not the owner, secondary", "00", "0002000000", PathState::ghost, "VPD c9h: not the owner", 1},
        {"not the owner, preferred", "00", "0001000000", PathState::ghost, "VPD c9h: not the owner", 4},
        {"reserved preference, its high bits", "00", "00f3000000", PathState::ghost, "VPD c9h: not the owner", 0},
        {"ioship", "00", "2000000000", PathState::up, "VPD c9h: ioship", 8},
        {"ioship, owner, preferred", "00", "2101000000", PathState::up, "VPD c9h: owner", 14},
        {"unavailable", "00", "1101030000", PathState::down, "VPD c9h: controller unavailable", 6},
        {"unavailable, but no such information", "00", "0101030000", PathState::up, "VPD c9h: owner", 6},
        {"starting", "00", "11000f0000", PathState::down, "VPD c9h: controller is starting", 2},
        {"both transitioning", "00", "11000f000f", PathState::up, "VPD c9h: owner", 2},
        {"high bits of the states", "00", "1100ff00ff", PathState::up, "VPD c9h: owner", 2},
        {"standby", "00", "1000020000", PathState::ghost, "VPD c9h: not the owner", 0},
        {"not connected", "20", "0101000000", PathState::down, "VPD c9h: volume not connected", 6},
        {"no disk", "1f", "0100000000", PathState::down, "VPD c9h: volume not connected", 2},
        {"qualifier 4", "80", "0100000000", PathState::up, "VPD c9h: owner", 2},
    };
    for (const auto& row : rows) {
        auto answer = answered(page_with(row.bytes, row.first));
        EXPECT_TRUE(is_rdac_page(answer.data)) << row.name;
        EXPECT_EQ(checked_by_rdac(answer), (Checked{row.state, std::string(row.from)})) << row.name;
        EXPECT_EQ(prioritized_by_rdac(answer), (Prioritized{row.priority, "VPD c9h"})) << row.name;
    }
}

TEST(Rdac, WantsAPageForAPriority) {
    for (std::string_view page : {"", "00c8002c 76616331 01", "00c9002b 76616331 01", "00c9002c 76616231 01"}) {
        EXPECT_EQ(prioritized_by_rdac(answered(hex_bytes(page))), (Prioritized{0, "VPD c9h: another page"})) << page;
    }
    EXPECT_EQ(prioritized_by_rdac(answered(hex_bytes("00c9002c 76616332 01"))).value, 2);  // "vac2"
    EXPECT_FALSE(is_rdac_page(hex_bytes("00c9002c 76616332 01")));
    ScsiAnswer refused;
    refused.status = 2;
    refused.sense = Sense{5, 0x24, 0};
    EXPECT_EQ(checked_by_rdac(refused), (Checked{PathState::down, "VPD c9h: check condition, Illegal Request 24/00"}));
    EXPECT_EQ(prioritized_by_rdac(refused), (Prioritized{0, "VPD c9h: check condition, Illegal Request 24/00"}));
}

// What is missing counts as 0: the checker clears its buffer.
TEST(Rdac, TakesEveryPrefix) {
    auto whole = page_with("1102030000");
    for (std::size_t size = 0; size <= whole.size(); ++size) {
        auto answer = answered(Buffer(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size)));
        EXPECT_EQ(is_rdac_page(answer.data), size >= 8) << size;
        auto want = size < 9 ? PathState::ghost : size < 11 ? PathState::up : PathState::down;
        EXPECT_EQ(checked_by_rdac(answer).state, want) << size;
        EXPECT_EQ(prioritized_by_rdac(answer).value, size < 9 ? 0 : size < 10 ? 2 : 3) << size;
    }
}

}  // namespace
}  // namespace rdm
