// SPDX-License-Identifier: GPL-2.0-or-later
#include "path/vpd83.h"

#include <gtest/gtest.h>

#include "path/fixture.h"

namespace rdm {
namespace {

std::string show(const Result<std::optional<Wwid>>& wwid) {
    if (!wwid) return cat("error: ", wwid.error().what());
    return *wwid ? cat((*wwid)->text, " by ", (*wwid)->from) : "none";
}

std::string show(const TargetPort& port) {
    auto show_one = [](auto number) { return number ? cat(*number) : "-"; };
    return cat("group ", show_one(port.group), ", port ", show_one(port.relative));
}

constexpr std::string_view recorded[] = {"sas-disk", "scsi-debug",          "emc-symm-old",
                                         "emc-symm", "synthetic-all-kinds", "synthetic-ports-only"};

Buffer page_of(std::string_view designators) {
    auto body = hex_bytes(designators);
    Buffer page{0, 0x83, static_cast<std::uint8_t>(body.size() >> 8), static_cast<std::uint8_t>(body.size())};
    page.insert(page.end(), body.begin(), body.end());
    return page;
}

/// A designator of ASCII text.
std::string text_designator(std::uint8_t type, std::string_view text) {
    std::uint8_t header[] = {2, type, 0, static_cast<std::uint8_t>(text.size())};
    return hex(header) + hex(bytes_of(text));
}

// What the recordings' own comments say they are; order and spelling: decisions.md 1.3, multipath-tools 0.14.3.
TEST(Vpd83, FindsTheWwidOfRecordedPages) {
    struct {
        std::string_view file, want;
    } rows[] = {
        {"sas-disk", "35000c5003011cb2b by VPD 83h, NAA 5"},
        {"scsi-debug", "1Linux_scsi_debug_2000 by VPD 83h, T10 vendor"},
        {"emc-symm-old", "error: VPD 83h: cut short"},
        {"emc-symm", "360060480000190103189533030343834 by VPD 83h, NAA 6"},
        {"synthetic-all-kinds", "36122334455667788aabbccddeeffeedd by VPD 83h, NAA 6"},
        {"synthetic-ports-only", "none"},
    };
    for (const auto& row : rows) {
        EXPECT_EQ(show(wwid_from_vpd83(fixture(cat("vpd83/", row.file, ".hex")))), row.want) << row.file;
    }
}

TEST(Vpd83, FindsTheTargetPortOfRecordedPages) {
    struct {
        std::string_view file, want;
    } rows[] = {
        {"sas-disk", "group -, port 1"},
        {"scsi-debug", "group 256, port 1"},
        {"emc-symm-old", "group -, port -"},
        {"emc-symm", "group -, port -"},
        {"synthetic-all-kinds", "group 3, port 2"},
        {"synthetic-ports-only", "group 5, port 2"},
    };
    for (const auto& row : rows) {
        EXPECT_EQ(show(target_port_from_vpd83(fixture(cat("vpd83/", row.file, ".hex")))), row.want) << row.file;
    }
}

constexpr std::string_view naa6 = "01030010 600508b400105e210000900000490000 ";
constexpr std::string_view naa5 = "01030008 5000c5003011cb2b ";
constexpr std::string_view naa2 = "01030008 2000c5003011cb2b ";
constexpr std::string_view naa3 = "01030008 3000c5003011cb2b ";
constexpr std::string_view eui8 = "01020008 1122334455667788 ";

// Order and lengths: decisions.md 1.3, which tests/vpd.c of multipath-tools 0.14.3 states too.
TEST(Vpd83, PrefersTheBestKindAndTheFirstOfAKind) {
    auto t10 = text_designator(1, "LIO-ORG disk");
    auto name = text_designator(8, "iqn.2003-01.org:x");
    struct {
        std::string_view name;
        std::string designators, want;
    } rows[] = {
        {"NAA 6 over NAA 5", cat(naa5, naa6), "3600508b400105e210000900000490000 by VPD 83h, NAA 6"},
        {"NAA 5 over NAA 2", cat(naa2, naa5), "35000c5003011cb2b by VPD 83h, NAA 5"},
        {"NAA 2 over EUI-64", cat(eui8, naa2), "32000c5003011cb2b by VPD 83h, NAA 2"},
        {"EUI-64 over a name", cat(name, ' ', eui8), "21122334455667788 by VPD 83h, EUI-64"},
        {"a name over T10", cat(t10, name), "82003-01.org:x by VPD 83h, SCSI name"},
        {"T10 over NAA 3", cat(naa3, t10), "1LIO-ORG_disk by VPD 83h, T10 vendor"},
        {"NAA 3 alone", cat(naa3), "33000c5003011cb2b by VPD 83h, NAA 3"},
        {"first of two", cat(naa5, "01030008 5000000000000001"), "35000c5003011cb2b by VPD 83h, NAA 5"},
        {"target port's NAA 6 is not it", cat("61930010 600508b400105e210000900000490000", naa3),
         "33000c5003011cb2b by VPD 83h, NAA 3"},
        {"reserved association", "01330008 5000c5003011cb2b", "none"},
        {"kinds that are no WWID", "01000004 00000001 01060004 00000001 010a0012 " + std::string(36, '1'), "none"},
        {"an empty page", "", "none"},
    };
    for (const auto& row : rows) EXPECT_EQ(show(wwid_from_vpd83(page_of(row.designators))), row.want) << row.name;
}

TEST(Vpd83, SkipsDesignatorsOfAWrongLength) {
    struct {
        std::string_view name, designator;
    } rows[] = {
        {"NAA 6 of 8", "01030008 600508b400105e21"},
        {"NAA 5 of 16", "01030010 500508b400105e210000900000490000"},
        {"NAA 2 of 7", "01030007 2000c5003011cb"},
        {"NAA 3 of 9", "01030009 3000c5003011cb2b00"},
        {"NAA of nothing", "01030000"},
        {"NAA 0", "01030008 0000c5003011cb2b"},
        {"NAA 4", "01030008 4000c5003011cb2b"},
        {"EUI-64 of 7", "01020007 11223344556677"},
        {"EUI-64 of 10", "0102000a 11223344556677889900"},
        {"T10 of 7", "02010007 41424344454647"},
        {"T10 of blanks", "02010008 2020202020202020"},
        {"T10 of NULs", "02010008 0000000000000000"},
        {"name of 3", "03080003 69716e"},
        {"name without a prefix", "03080008 6e71 6e2e 3230 3134"},
        {"name with nothing behind its prefix", "03080008 6575692e 00000000"},
    };
    auto blank_for_128 = text_designator(1, std::string(128, ' ') + "x");
    EXPECT_EQ(show(wwid_from_vpd83(page_of(blank_for_128))), "none");  // what is looked at would give "1"
    auto named_behind_128 = text_designator(8, "iqn." + std::string(124, ' ') + "x");
    EXPECT_EQ(show(wwid_from_vpd83(page_of(named_behind_128))), "none");
    for (const auto& row : rows) {
        EXPECT_EQ(show(wwid_from_vpd83(page_of(row.designator))), "none") << row.name;
        EXPECT_EQ(show(wwid_from_vpd83(page_of(cat(row.designator, ' ', naa3)))), "33000c5003011cb2b by VPD 83h, NAA 3")
            << row.name;
    }
}

// Spelling: decisions.md 1.3, the columns "Accepted length" and "Output".
TEST(Vpd83, SpellsTextAndLongDesignators) {
    struct {
        std::string_view name;
        std::uint8_t type;
        std::string text, want;
    } rows[] = {
        {"runs of blanks", 1, "ABC     XYZ  1", "1ABC_XYZ_1"},
        {"blanks at the front", 1, "  ABCDEFG", "1_ABCDEFG"},
        {"blanks at the end", 1, "ABCDEFG   ", "1ABCDEFG"},
        {"one NUL-padded", 1, std::string("ABCDEFG\0\0", 9), "1ABCDEFG"},
        {"tabs are no blanks", 1, "ABC\tDEFG", "1ABC\tDEFG"},
        {"127 at most", 1, std::string(130, 'x'), "1" + std::string(126, 'x')},
        {"eui. is lower-cased", 8, "eui.02ABCDEF", "202abcdef"},
        {"naa. is lower-cased", 8, "naa.5000C5003011CB28", "35000c5003011cb28"},
        {"iqn. keeps its case", 8, "iqn.2003-01.Org:X", "82003-01.Org:X"},
        {"a name loses blanks at its end", 8, "iqn.2003-01.org:x   ", "82003-01.org:x"},
        {"a name is stripped before its NUL", 8, std::string("naa.5000  \0x", 12), "35000"},
        {"a name is stripped where it is cut", 8, "iqn." + std::string(100, 'y') + std::string(40, ' ') + "z",
         "8" + std::string(100, 'y')},
        {"a name ends at NUL", 8, std::string("naa.5000\0xyz", 12), "35000"},
        {"a name is looked at for 128 bytes", 8, "iqn." + std::string(140, 'y'), "8" + std::string(124, 'y')},
    };
    for (const auto& row : rows) {
        auto found = wwid_from_vpd83(page_of(text_designator(row.type, row.text)));
        ASSERT_TRUE(found && *found) << row.name;
        EXPECT_EQ((*found)->text, row.want) << row.name;
    }
    EXPECT_EQ(show(wwid_from_vpd83(page_of("0102000c 112233445566778800000123"))),
              "2112233445566778800000123 by VPD 83h, EUI-64");
    EXPECT_EQ(show(wwid_from_vpd83(page_of("01020010 0123456789abcdef1122334455667788"))),
              "20123456789abcdef1122334455667788 by VPD 83h, EUI-64");
}

TEST(Vpd83, TellsAPageThatLiesFromOneThatNamesNothing) {
    struct {
        std::string_view name, page, want;
    } rows[] = {
        {"nothing", "", "error: VPD 83h: cut short"},
        {"half a header", "0083", "error: VPD 83h: cut short"},
        {"page 80h", "0080 0000", "error: VPD 83h: another page"},
        {"longer than it is", "0083 0010", "error: VPD 83h: cut short"},
        {"longer than it is, WWID found before", "0083 00ff 01030008 5000c5003011cb2b",
         "35000c5003011cb2b by VPD 83h, NAA 5"},
        {"designator runs past the end", "0083 000c 01030009 5000c5003011cb2b", "error: VPD 83h: cut short"},
        {"the same, WWID found before", "0083 0010 01030008 3000c5003011cb2b 01030010",
         "33000c5003011cb2b by VPD 83h, NAA 3"},
        {"bytes behind the page's end don't count", "0083 0000 01030008 5000c5003011cb2b", "none"},
        {"three bytes of padding", "0083 0003 000000", "none"},
        {"zero-length designators", "0083 0008 01000000 01000000", "none"},
    };
    for (const auto& row : rows) EXPECT_EQ(show(wwid_from_vpd83(hex_bytes(row.page))), row.want) << row.name;
}

// multipath-tools 0.14.3, prioritizers/alua_rtpg.c, get_target_port_group(): any association, the first one counts.
TEST(Vpd83, TargetPortIsTheFirstThatIsOfTheRightForm) {
    struct {
        std::string_view name, designators, want;
    } rows[] = {
        {"first of two groups", "61950004 00000001 61950004 00000002", "group 1, port -"},
        {"a group of the logical unit", "61850004 00000001", "group 1, port -"},
        {"a group of six bytes", "61950006 00000001 0002", "group 1, port -"},
        {"a port of the target device", "61a40004 00000002", "group -, port 2"},
        {"another kind with the same low bits", "619d0004 00000001", "group -, port -"},
        {"a group of two bytes", "61950002 0001", "group -, port -"},
        {"a lie behind it", "61940004 0000ffff 61950009 00", "group -, port 65535"},
    };
    for (const auto& row : rows)
        EXPECT_EQ(show(target_port_from_vpd83(page_of(row.designators))), row.want) << row.name;
}

TEST(Vpd83, TakesEveryPrefixOfARecordedPage) {
    for (auto name : recorded) {
        auto whole = fixture(cat("vpd83/", name, ".hex"));
        for (std::size_t size = 0; size < whole.size(); ++size) {
            Buffer page(whole.begin(), whole.begin() + static_cast<long>(size));  // its own end, for the sanitizer
            auto wwid = wwid_from_vpd83(page);
            EXPECT_TRUE(!wwid || *wwid) << name << ", " << size;  // what is cut short is never sound and empty
            (void)target_port_from_vpd83(page);
        }
    }
}

}  // namespace
}  // namespace rdm
