// SPDX-License-Identifier: GPL-2.0-or-later
#include "map/name.h"

#include <gtest/gtest.h>

namespace rdm {
namespace {

std::string message(const Result<void>& result) { return result ? "fine" : result.error().what(); }

// Expectations: decisions.md 10 and 11, handoff.md 3.
TEST(MapName, OfMapsAndPartitions) {
    EXPECT_EQ(map_uuid("3600a"), "mpath-3600a");
    EXPECT_EQ(map_name("3600a"), "3600a");
    EXPECT_EQ(partition_uuid("mpath-3600a", 3), "part3-mpath-3600a");
    EXPECT_EQ(partition_name("3600a", "-part", 12), "3600a-part12");
    EXPECT_EQ(partition_name("root", "p", 1), "rootp1");
    EXPECT_EQ(partition_name("a/b", "", 1), "a!b1");  // kpartx.c strip_slash()
}

// Limits: linux/dm-ioctl.h, DM_NAME_LEN 128 and DM_UUID_LEN 129 with the NUL; libdm's \xNN for other bytes.
TEST(MapName, Limits) {
    struct {
        const char* name;
        std::string wwid, want;
    } rows[] = {
        {"usual", "360060e8012345678", "fine"},
        {"longest", std::string(122, 'a'), "fine"},
        {"uuid too long", std::string(123, 'a'), "uuid of 129 characters, device-mapper takes 128"},
        {"name too long", std::string(128, 'a'), "name of 128 characters, device-mapper takes 127"},
        {"a blank counts four", std::string(31, ' '), "uuid of 130 characters, device-mapper takes 128"},
        {"slash", "a/b", "a device-mapper name cannot hold a slash"},
        {"NUL", std::string("a\0b", 3), "a device-mapper name cannot hold a NUL byte"},
        {"newline is stored as \\x0a", "a\nb", "fine"},
        {"empty", "", "no name"},
    };
    for (const auto& row : rows) EXPECT_EQ(message(check_map_names(row.wwid)), row.want) << row.name;
}

TEST(MapName, UuidsTakenApart) {
    struct {
        std::string_view uuid, want;
    } rows[] = {
        {"mpath-3600a", "map 3600a"},
        {"part1-mpath-3600a", "partition 1 of mpath-3600a"},
        {"part128-mpath-a-b", "partition 128 of mpath-a-b"},
        {"mpath-", "other"},
        {"part-mpath-3600a", "other"},
        {"part1x-mpath-3600a", "other"},
        {"part99999999999-mpath-3600a", "other"},
        {"part1-LVM-abc", "other"},
        {"part1", "other"},
        {"LVM-abc", "other"},
        {"", "other"},
    };
    for (const auto& row : rows) {
        std::string found = "other";
        if (auto wwid = wwid_of_map(row.uuid)) found = cat("map ", *wwid);
        if (auto part = partition_of(row.uuid)) found = cat("partition ", part->number, " of ", part->parent);
        EXPECT_EQ(found, row.want) << row.uuid;
    }
}

}  // namespace
}  // namespace rdm
