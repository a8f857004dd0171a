// SPDX-License-Identifier: GPL-2.0-or-later
#include "path/vendor_wwid.h"

#include <gtest/gtest.h>

#include "path/fixture.h"

namespace rdm {
namespace {

std::string show(const Result<std::optional<Wwid>>& wwid) {
    if (!wwid) return cat("error: ", wwid.error().what());
    return *wwid ? (*wwid)->text : "none";
}

// The hardware that the first multipath program white-listed. It
// spelled products in full: "HSV110 (C)COMPAQ"; the kernel's drivers/scsi/scsi_devinfo.c has "MSA1000 VOLUME".
TEST(VendorWwid, KnowsItsDisks) {
    struct {
        std::string_view vendor, product, want;
    } rows[] = {
        {"DEC", "HSG80", "StorageWorks"},
        {"COMPAQ", "HSV110", "StorageWorks"},
        {"COMPAQ", "MSA1000", "StorageWorks"},
        {"HP", "HSV100", "StorageWorks"},
        {"COMPAQ", "HSV110 (C)COMPAQ", "StorageWorks"},
        {"COMPAQ", "MSA1000 VOLUME", "StorageWorks"},
        {"COMPAQ", "HSV111 (C)COMPAQ", ""},
        {"COMPAQ", "HSV11", ""},
        {"COMPAQ", " HSV110", ""},
        {"HP", "HSV1000", ""},
        {"DEC", "", ""},
        {"hp", "HSV100", ""},
        {"LIO-ORG", "disk", ""},
        {"", "", ""},
    };
    for (const auto& row : rows) {
        const auto* way = vendor_way(row.vendor, row.product);
        EXPECT_EQ(way ? way->name : "", row.want) << row.vendor << ' ' << row.product;
    }
}

// The first program read page 83h from byte 8, where SPC-4, 7.8.6 has the first designator's bytes.
TEST(VendorWwid, TakesStorageWorksFirstDesignator) {
    struct {
        std::string_view name, page, want;
    } rows[] = {
        {"of the target port", "0083 0014 01130010 600508b400105e210000900000490000",
         "3600508b400105e210000900000490000"},
        {"vendor specific", "0083 000c 01000008 0102030405060708", "00102030405060708"},
        {"first of two", "0083 0018 01130008 5000c5003011cb2b 01130008 5000000000000001", "35000c5003011cb2b"},
        {"of nothing", "0083 0004 01000000", "none"},
        {"of blanks", "0083 0008 01020004 20202020", "none"},
        {"of blanks and zeros", "0083 0008 01020004 20002000", "none"},
        {"of zeros, blanks and more", "0083 0008 01020004 20003000", "220003000"},
        {"of zeros", "0083 0008 01000004 00000000", "none"},
        {"an empty page", "0083 0000", "none"},
        {"runs past the end", "0083 0008 01000010 00000000", "error: VPD 83h: cut short"},
        {"cut short", "0083", "error: VPD 83h: cut short"},
    };
    for (const auto& row : rows) EXPECT_EQ(show(first_designator(hex_bytes(row.page))), row.want) << row.name;
    auto longest = first_designator(hex_bytes("0083 0084 01000080 " + std::string(256, 'a')));
    EXPECT_EQ(show(longest), "0" + std::string(126, 'a'));
}

}  // namespace
}  // namespace rdm
