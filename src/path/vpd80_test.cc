// SPDX-License-Identifier: GPL-2.0-or-later
#include "path/vpd80.h"

#include <gtest/gtest.h>

#include "path/fixture.h"

namespace rdm {
namespace {

std::string show(const Result<std::string>& serial) { return serial ? *serial : cat("error: ", serial.error().what()); }

// Source: SPC-4, 7.8.19; stripping and lengths: decisions.md 1.4. scsi_debug's page: sg3_utils, inhex/vpd_sdeb.hex.
TEST(Vpd80, ReadsTheSerial) {
    std::string long_page = "0080 0090 " + hex(bytes_of(std::string(0x90, 'x')));
    struct {
        std::string_view name, page;
        std::string want;
    } rows[] = {
        {"scsi_debug", "0080 0004 32303030", "2000"},
        {"blanks at both ends", "0080 0008 20204142 20432020", "AB C"},
        {"blanks before the NULs", "0080 0006 41422020 0000", "AB"},
        {"NUL at the front", "0080 0003 004142", ""},
        {"tabs and newlines are no blanks", "0080 0006 09414220 0a20", "\tAB \n"},
        {"NULs at the end", "0080 0006 41420000 0000", "AB"},
        {"NUL inside", "0080 0003 410042", "A"},
        {"newline inside stays", "0080 0003 410a42", "A\nB"},
        {"none", "0080 0000", ""},
        {"blanks only", "0080 0004 20202020", ""},
        {"never written", "0080 0004 ffffffff", ""},
        {"127 at most", long_page, std::string(127, 'x')},
        {"bytes behind the end", "0080 0002 41424344", "AB"},
        {"lies", "0080 0005 41424344", "error: VPD 80h: cut short"},
        {"half a header", "0080 00", "error: VPD 80h: cut short"},
        {"nothing", "", "error: VPD 80h: cut short"},
        {"page 83h", "0083 0000", "error: VPD 80h: another page"},
    };
    for (const auto& row : rows) EXPECT_EQ(show(serial_from_vpd80(hex_bytes(row.page))), row.want) << row.name;
}

TEST(Vpd80, TakesEveryPrefix) {
    auto whole = hex_bytes("0080 0004 32303030");
    for (std::size_t size = 0; size < whole.size(); ++size) {
        Buffer page(whole.begin(), whole.begin() + static_cast<long>(size));
        EXPECT_EQ(show(serial_from_vpd80(page)), "error: VPD 80h: cut short") << size;
    }
}

}  // namespace
}  // namespace rdm
