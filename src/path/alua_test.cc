// SPDX-License-Identifier: GPL-2.0-or-later
#include "path/alua.h"

#include <gtest/gtest.h>

#include "path/fixture.h"

namespace rdm {
namespace {

std::string show(const Result<PortGroupAccess>& group) {
    if (!group) return cat("error: ", group.error().what());
    auto access = text(group->access);
    return cat(access.empty() ? "unknown" : access, group->preferred ? ", preferred" : "");
}

TEST(Alua, FindsTheGroup) {
    struct {
        std::string_view file;
        std::uint16_t group;
        std::string_view want;
    } rows[] = {
        {"synthetic-two-groups", 0x100, "optimized, preferred"},
        {"synthetic-two-groups", 0x101, "standby"},
        {"synthetic-two-groups", 7, "error: RTPG: port group 7 is not in the reply"},
        {"synthetic-extended", 0x100, "optimized, preferred"},
        {"synthetic-extended", 0x101, "standby"},
        {"synthetic-extended", 0x1e, "error: RTPG: port group 30 is not in the reply"},
    };
    for (const auto& row : rows) {
        EXPECT_EQ(show(access_from_rtpg(fixture(cat("rtpg/", row.file, ".hex")), row.group)), row.want)
            << row.file << ' ' << row.group;
    }
}

// Codes: SPC-4, 6.37, table of asymmetric access states.
TEST(Alua, KnowsEachState) {
    struct {
        std::string_view code, want;
    } rows[] = {
        {"00", "optimized"},     {"81", "non-optimized, preferred"},
        {"02", "standby"},       {"03", "unavailable"},
        {"04", "lba-dependent"}, {"05", "unknown"},
        {"0e", "offline"},       {"0f", "transitioning"},
    };
    for (const auto& row : rows) {
        auto reply = hex_bytes(cat("00000008 ", row.code, "00000500000000"));
        EXPECT_EQ(show(access_from_rtpg(reply, 5)), row.want) << row.code;
    }
}

TEST(Alua, IsNotMisledByLengths) {
    struct {
        std::string_view name, reply, want;
    } rows[] = {
        {"nothing", "", "error: RTPG: cut short"},
        {"no groups", "00000000", "error: RTPG: port group 5 is not in the reply"},
        {"extended header without groups", "00000004 10000000", "error: RTPG: port group 5 is not in the reply"},
        {"extended header cut short", "00000004 1000", "error: RTPG: cut short"},
        {"length of 4 GiB, group there", "ffffffff 0000000500000000", "optimized"},
        {"length of 4 GiB, group not there", "ffffffff 0000000600000000", "error: RTPG: cut short"},
        {"255 ports in the group before", "00000010 00000006000000ff 0000000500000000", "error: RTPG: cut short"},
        {"half a descriptor", "00000004 00000005", "error: RTPG: cut short"},
        {"group behind the end", "00000008 0000000600000000 0000000500000000",
         "error: RTPG: port group 5 is not in the reply"},
        {"reserved bits are no extended header", "00000010 3000000600000000 0100000500000000", "non-optimized"},
        {"nor are others", "00000010 5000000600000000 0100000500000000", "non-optimized"},
        {"extended header with other bits", "0000000c 9f000000 0100000500000000", "non-optimized"},
        {"first of two", "00000010 0000000500000000 0200000500000000", "optimized"},
    };
    for (const auto& row : rows) EXPECT_EQ(show(access_from_rtpg(hex_bytes(row.reply), 5)), row.want) << row.name;
}

TEST(Alua, TakesEveryPrefix) {
    for (std::string_view name : {"rtpg/synthetic-two-groups.hex", "rtpg/synthetic-extended.hex"}) {
        auto whole = fixture(name);
        for (std::size_t size = 0; size < whole.size(); ++size) {
            Buffer reply(whole.begin(), whole.begin() + static_cast<long>(size));
            EXPECT_EQ(show(access_from_rtpg(reply, 7)), "error: RTPG: cut short") << name << ", " << size;
        }
    }
}

// Spelling: drivers/scsi/scsi_sysfs.c. Values: decisions.md 7.2.
TEST(Alua, GivesPriorities) {
    struct {
        std::string_view sysfs;
        int priority, preferred;
    } rows[] = {
        {"active/optimized", 50, 50}, {"active/non-optimized", 10, 90},
        {"lba-dependent", 5, 85},     {"standby", 1, 81},
        {"unavailable", 0, 80},       {"offline", 0, 80},
        {"transitioning", 0, 80},     {"(null)", 0, 80},
    };
    for (const auto& row : rows) {
        EXPECT_EQ(alua_priority({access_from_sysfs(row.sysfs), false}), row.priority) << row.sysfs;
        EXPECT_EQ(alua_priority({access_from_sysfs(row.sysfs), true}), row.preferred) << row.sysfs;
    }
}

}  // namespace
}  // namespace rdm
