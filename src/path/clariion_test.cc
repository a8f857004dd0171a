// SPDX-License-Identifier: GPL-2.0-or-later
#include "path/clariion.h"

#include <gtest/gtest.h>

#include "path/fixture.h"

namespace rdm {
namespace {

/// A page C0h of a healthy active path, of the fields that multipath-tools reads.
Buffer healthy() {
    Buffer page(128);
    page[1] = 0xc0;
    page[4] = 2;
    page[5] = 1;
    page[8] = 1;
    page[27] = 3;
    page[28] = 4;
    page[30] = 4;
    return page;
}

ScsiAnswer answered(Buffer page) {
    ScsiAnswer answer;
    answer.data = std::move(page);
    return answer;
}

// Expectations by multipath-tools 0.9.4 and 0.14.3, checkers/emc_clariion.c and prioritizers/emc.c.
TEST(Clariion, KnowsStatesAndPriorities) {
    struct {
        std::string_view name;
        std::size_t at;
        std::uint8_t byte;
        std::string_view want;
        int priority;
    } rows[] = {
        {"healthy", 0, 0, "up: VPD c0h: active", 4},
        {"passive", 4, 1, "up: VPD c0h: passive", 3},
        {"unbound", 4, 0, "down: VPD c0h: unbound unit", 2},
        {"another default owner", 5, 0, "up: VPD c0h: active", 2},
        {"another page", 1, 0x80, "down: VPD c0h: unknown format", -1},
        {"another revision", 9, 1, "down: VPD c0h: unknown format", -1},
        {"initiator type", 27, 2, "down: VPD c0h: not configured for failover", -1},
        {"failover mode", 28, 5, "down: VPD c0h: not configured for failover", -1},
        {"failover mode 6, ALUA", 28, 0xfe, "up: VPD c0h: active", 4},
        {"array comm path", 30, 0xfb, "down: VPD c0h: not configured for failover", -1},
        {"in operation", 48, 1, "down: VPD c0h: not in normal operation", -1},
    };
    for (const auto& row : rows) {
        auto page = healthy();
        if (row.at != 0) page[row.at] = row.byte;
        auto answer = answered(page);
        auto checked = checked_by_clariion(answer);
        EXPECT_EQ(cat(text(checked.state), ": ", checked.from), row.want) << row.name;
        EXPECT_EQ(prioritized_by_clariion(answer).value, row.priority) << row.name;
        EXPECT_EQ(is_clariion_active(answer), page[4] == 2) << row.name;
    }
    ScsiAnswer dead;
    dead.host_status = 1;
    EXPECT_EQ(checked_by_clariion(dead), (Checked{PathState::down, "VPD c0h: no connect"}));
    EXPECT_EQ(prioritized_by_clariion(dead), (Prioritized{-1, "VPD c0h: no connect"}));
    EXPECT_FALSE(is_clariion_active(dead));
}

// The incumbent clears its buffer: a page that ends before byte 48 is in normal operation.
TEST(Clariion, TakesEveryPrefix) {
    auto whole = healthy();
    for (std::size_t size = 0; size <= whole.size(); ++size) {
        auto answer = answered(Buffer(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size)));
        EXPECT_EQ(checked_by_clariion(answer).state, size > 30 ? PathState::up : PathState::down) << size;
        EXPECT_EQ(prioritized_by_clariion(answer).value, size > 30 ? 4 : -1) << size;
    }
}

}  // namespace
}  // namespace rdm
