// SPDX-License-Identifier: GPL-2.0-or-later
// Expectations: kpartx_id of multipath-tools (tests/claim.bats runs it beside us), and that nothing leaves its line.
#include "cli/claim_map.h"

#include <gtest/gtest.h>

namespace rdm {
namespace {

TEST(ClaimMap, LinesForMapsAndPartitions) {
    struct {
        std::string_view uuid, want;
    } rows[] = {
        {"mpath-3600a", "DM_TYPE=\"scsi\"\nDM_WWN=\"0x600a\"\nDM_SERIAL=\"3600a\"\n"},
        {"part12-mpath-3600a", "DM_PART=\"12\"\nDM_TYPE=\"scsi\"\nDM_WWN=\"0x600a\"\nDM_SERIAL=\"3600a\"\n"},
        {"mpath-1LIO-ORG_a", "DM_TYPE=\"scsi\"\nDM_WWN=\"0xLIO-ORG_a\"\nDM_SERIAL=\"1LIO-ORG_a\"\n"},
        {"mpath-eui.0025", "DM_TYPE=\"scsi\"\nDM_WWN=\"0xui.0025\"\nDM_SERIAL=\"eui.0025\"\n"},
        {"mpath-3a b", "DM_TYPE=\"scsi\"\n"},
        {"mpath-3a\"\nX=\"", "DM_TYPE=\"scsi\"\n"},
        {"mpath-3a$env{X}", "DM_TYPE=\"scsi\"\n"},
        {"mpath-../3a", "DM_TYPE=\"scsi\"\n"},
        {"part1-mpath-3a%k", "DM_PART=\"1\"\nDM_TYPE=\"scsi\"\n"},
        {"LVM-abc", ""},
        {"part1-LVM-abc", ""},
        {"mpath-", ""},
        {"", ""},
    };
    for (const auto& row : rows) EXPECT_EQ(map_lines(row.uuid), row.want) << row.uuid;
}

}  // namespace
}  // namespace rdm
