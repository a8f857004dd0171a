// SPDX-License-Identifier: GPL-2.0-or-later
#include "path/ana.h"

#include <gtest/gtest.h>

#include "path/fixture.h"

namespace rdm {
namespace {

/// CMIC, ANAGRPID 2, and a log page of two groups as the specification's figure 211 lays them out.
std::string reply(std::string_view state, std::string_view group = "02000000", std::string_view cmic = "08") {
    return cat(cmic, group, "0000000000000000 0200 000000000000",
               " 01000000 00000000 0000000000000000 04 000000000000000000000000000000",
               " 02000000 00000000 0000000000000000 ", state, " 000000000000000000000000000000");
}

Prioritized by(std::string_view hex) {
    ScsiAnswer answer;
    answer.data = hex_bytes(hex);
    return prioritized_by_ana(answer);
}

// Values by multipath-tools 0.9.4 and 0.14.3, prioritizers/ana.c, getprio().
TEST(Ana, KnowsStates) {
    struct {
        std::string_view state;
        int value;
        std::string_view from;
    } rows[] = {
        {"01", 50, "ANA: optimized"},      {"02", 10, "ANA: non-optimized"}, {"03", 1, "ANA: inaccessible"},
        {"04", 0, "ANA: persistent loss"}, {"0f", 1, "ANA: change"},         {"00", -1, "ANA: state 0"},
        {"f1", 50, "ANA: optimized"},
    };
    for (const auto& row : rows) EXPECT_EQ(by(reply(row.state)), (Prioritized{row.value, std::string(row.from)}));
    EXPECT_EQ(by(reply("01", "01000000")).value, 0);
}

TEST(Ana, IsUnknownWithoutTheGroup) {
    constexpr std::string_view none = "ANA: the namespace's group is not in the log page";
    for (auto group : {"03000000", "00000000", "00000002"}) EXPECT_EQ(by(reply("01", group)).from, none) << group;
    EXPECT_EQ(by(reply("01", "02000000", "07")), (Prioritized{-1, "ANA: the controller has none"}));
    // A group with more namespaces than the page has room for ends it.
    EXPECT_EQ(by(cat("0802000000 0000000000000000 0200 000000000000 01000000 ffffffff", std::string(144, '0'))).from,
              none);
    // The group that follows one with a namespace.
    EXPECT_EQ(by(cat("0802000000 0000000000000000 0200 000000000000 01000000 01000000", std::string(48, '0'),
                     "07000000 02000000 00000000 0000000000000000 02 000000000000000000000000000000"))
                  .value,
              10);
    auto whole = hex_bytes(reply("02"));
    for (std::size_t size = 0; size < whole.size(); ++size) {
        ScsiAnswer answer;
        answer.data.assign(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size));
        EXPECT_EQ(prioritized_by_ana(answer).value, -1) << size;
    }
    ScsiAnswer failed;
    failed.failure = Error{EIO, "NVMe: status 16386"};
    EXPECT_TRUE(has_ana(failed));
    EXPECT_EQ(prioritized_by_ana(failed), (Prioritized{-1, "ANA: NVMe: status 16386"}));
}

}  // namespace
}  // namespace rdm
