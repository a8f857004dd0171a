// SPDX-License-Identifier: GPL-2.0-or-later
#include "path/wwid.h"

#include <gtest/gtest.h>

#include "path/fixture.h"

namespace rdm {
namespace {

using enum WwidFlavour;

Buffer inquiry(std::string_view name, std::uint8_t version = 6) {
    Buffer data{0, 0, version, 0x12, 31, 0, 0, 2};
    auto text = bytes_of(name);
    data.insert(data.end(), text.begin(), text.end());
    return data;
}

Buffer page_80(std::string_view serial) {
    Buffer page{0, 0x80, 0, static_cast<std::uint8_t>(serial.size())};
    auto text = bytes_of(serial);
    page.insert(page.end(), text.begin(), text.end());
    return page;
}

struct Disk {
    Buffer data = inquiry("IBM     2107900         .104");
    Buffer vpd80 = page_80("75HX1234");
    Buffer vpd83{};
    bool in_sysfs = true;
    [[nodiscard]] Pages pages() const { return {data, vpd80, vpd83, in_sysfs}; }
};

Disk disk(std::string_view hex) {
    Disk made;
    made.vpd83 = hex_bytes(hex);
    if (made.vpd83.empty()) return made;
    made.vpd83.insert(made.vpd83.begin(), {0, 0x83, 0, static_cast<std::uint8_t>(made.vpd83.size())});
    return made;
}

std::string text_designator(std::string_view header, std::string_view text) {
    std::uint8_t size[] = {static_cast<std::uint8_t>(text.size())};
    return cat(header, hex(size), ' ', hex(bytes_of(text)), ' ');
}

std::string show(WwidFlavour flavour, const Disk& disk) {
    auto wwid = wwid_of_pages(flavour, disk.pages());
    return wwid ? cat(escape(wwid->text), " by ", wwid->from) : "none";
}

constexpr std::string_view naa6 = "01030010 600508b400105e210000900000490000 ";
constexpr std::string_view naa5 = "01030008 5000c5003011cb2b ";
constexpr std::string_view naa3 = "01030008 3000c5003011cb2b ";

// Orders: 55-scsi-sg3_id.rules of Debian 12 and 13, systemd's scsi_serial.c; tests/oracle runs the real ones.
TEST(Wwid, IsWhatEachFlavourMakesOfAPage) {
    auto t10 = text_designator("020100", "LIO-ORG disk  one/2 ");
    auto name = text_designator("030800", "naa.600508B4");
    auto vendor = text_designator("020000", "75 HX");
    struct {
        std::string designators, sg3, sg3_t10, scsi_id;
    } rows[] = {
        {cat(naa6), "3600508b400105e210000900000490000 by VPD 83h, NAA 6 (as sg3-utils' udev rules)",
         "3600508b400105e210000900000490000 by VPD 83h, NAA 6 (as sg3-utils' udev rules)",
         "3600508b400105e210000900000490000 by VPD 83h, NAA 6 (as scsi_id)"},
        // Of two of one kind, a property keeps the last, and scsi_id the first.
        {cat(naa5, "01030008 5000c5003011cb2c"), "35000c5003011cb2c by VPD 83h, NAA 5 (as sg3-utils' udev rules)",
         "35000c5003011cb2c by VPD 83h, NAA 5 (as sg3-utils' udev rules)",
         "35000c5003011cb2b by VPD 83h, NAA 5 (as scsi_id)"},
        {cat(t10, naa3), "1LIO-ORG_disk_one\\x5cx2f2 by VPD 83h, T10 vendor (as sg3-utils' udev rules)",
         "1LIO-ORG_disk_one\\x5cx2f2 by VPD 83h, T10 vendor (as sg3-utils' udev rules)",
         "33000c5003011cb2b by VPD 83h, NAA (as scsi_id)"},
        {cat(name), "8naa.600508B4 by VPD 83h, SCSI name (as sg3-utils' udev rules)",
         "8naa.600508B4 by VPD 83h, SCSI name (as sg3-utils' udev rules)",
         "SIBM_2107900_75HX1234 by VPD 80h (as scsi_id)"},
        {cat(naa3), "33000c5003011cb2b by VPD 83h, NAA 3 (as sg3-utils' udev rules)",
         "33000c5003011cb2b by VPD 83h, NAA (as scsi_id)", "33000c5003011cb2b by VPD 83h, NAA (as scsi_id)"},
        {vendor, "0IBM_2107900_75_HX by VPD 83h, vendor specific (as sg3-utils' udev rules)",
         "0IBM_2107900_75_HX by VPD 83h, vendor specific (as scsi_id)",
         "0IBM_2107900_75_HX by VPD 83h, vendor specific (as scsi_id)"},
        {"", "SIBM_2107900_75HX1234 by VPD 80h (as sg3-utils' udev rules)",
         "SIBM_2107900_75HX1234 by VPD 80h (as scsi_id)", "SIBM_2107900_75HX1234 by VPD 80h (as scsi_id)"},
        // A blank text: nothing to sg_inq, "1" to scsi_id.
        {text_designator("020100", "        "), "SIBM_2107900_75HX1234 by VPD 80h (as sg3-utils' udev rules)", "none",
         "none"},
    };
    for (const auto& row : rows) {
        auto one = disk(row.designators);
        EXPECT_EQ(show(sg3, one), row.sg3) << row.designators;
        EXPECT_EQ(show(sg3_t10, one), row.sg3_t10) << row.designators;
        EXPECT_EQ(show(scsi_id, one), row.scsi_id) << row.designators;
    }
}

TEST(Wwid, OfAPageFromBeforeSpc2IsThePageItself) {
    Disk symmetrix{.vpd83 = fixture("vpd83/emc-symm-old.hex")};
    EXPECT_EQ(show(libmultipath, symmetrix), "none");
    EXPECT_EQ(show(sg3, symmetrix), "36006048000123456789abcdef0123456 by VPD 83h, NAA 6 (as sg3-utils' udev rules)");
    EXPECT_EQ(show(scsi_id, symmetrix), "36006048000123456789abcdef0123456 by VPD 83h, before SPC-2 (as scsi_id)");
}

TEST(Wwid, OfASataDiskIsItsModelAndSerialNumber) {
    Disk sata{
        .data = inquiry("ATA     ST1000NM0011 DisSN02"), .vpd80 = {}, .vpd83 = fixture("vpd83/synthetic-sat.hex")};
    EXPECT_EQ(show(sg3, sata), "ST1000NM0011_Disk_S1234567 by VPD 83h, ATA (as sg3-utils' udev rules)");
    EXPECT_EQ(show(scsi_id, sata), "ST1000NM0011_Disk_S1234567 by VPD 83h, ATA (as ata_id)");
    EXPECT_EQ(show(libmultipath, sata), "35000c5003011cb2b by VPD 83h, NAA 5");
    auto properties = expected_properties(scsi_id, sata.pages());
    EXPECT_EQ(property(properties, "ID_WWN"), "0x5000c5003011cb2b");
    EXPECT_EQ(property(properties, "ID_BUS"), "ata");
}

// What the rules for old disks and pages that sysfs has not lead to.
TEST(Wwid, OfPagesReadByCommandIsScsiIdsUnlessTheRulesAskToo) {
    auto one = disk(naa5);
    one.in_sysfs = false;
    EXPECT_EQ(show(sg3, one), "35000c5003011cb2b by VPD 83h, NAA 5 (as scsi_id)");
    one.data = inquiry("IBM     2107900         .104", 3);
    EXPECT_EQ(show(sg3, one), "35000c5003011cb2b by VPD 83h, NAA 5 (as sg3-utils' udev rules)");
    EXPECT_EQ(show(sg3_t10, one), "35000c5003011cb2b by VPD 83h, NAA 5 (as scsi_id)");
}

TEST(Wwid, ExpectsThePropertiesThatBlacklistsGoBy) {
    std::string names;
    auto one = disk(cat(naa6, "01140004 00000001 01150004 0000000a"));
    for (const auto& property : expected_properties(sg3, one.pages())) names += property.name + " ";
    EXPECT_EQ(names,
              "ID_BUS ID_MODEL ID_MODEL_ENC ID_REVISION ID_SCSI ID_SCSI_INQUIRY ID_SCSI_SERIAL ID_SERIAL "
              "ID_SERIAL_SHORT ID_TARGET_PORT ID_TYPE ID_VENDOR ID_VENDOR_ENC ID_WWN ID_WWN_WITH_EXTENSION "
              "SCSI_IDENT_LUN_NAA_REGEXT SCSI_IDENT_PORT_RELATIVE SCSI_IDENT_PORT_TARGET_PORT_GROUP "
              "SCSI_IDENT_SERIAL SCSI_MODEL SCSI_MODEL_ENC SCSI_REVISION SCSI_TPGS SCSI_TYPE SCSI_VENDOR "
              "SCSI_VENDOR_ENC ");
    EXPECT_TRUE(expected_properties(libmultipath, one.pages()).empty());
}

// sg_inq guesses what a file is: a serial number with a NUL among its first bytes makes the page INQUIRY data to it.
TEST(Wwid, IsSpoiledByASerialNumberThatLooksLikeInquiryData) {
    auto one = disk("");
    one.vpd80 = page_80(std::string_view("7\0HX12345678901234567890", 24));
    EXPECT_EQ(property(expected_properties(sg3, one.pages()), "SCSI_IDENT_SERIAL"), "");
    EXPECT_EQ(property(expected_properties(sg3, one.pages()), "SCSI_VENDOR"), "12345678");
}

std::string show(const DiskWwid& found) {
    return cat(found.wwid.text, " by ", found.wwid.from, found.differs.empty() ? "" : "; ", found.differs);
}

// decisions.md 1.2.
TEST(Wwid, IsUdevsWhereItHasOne) {
    auto one = disk(naa6);
    UdevProperties same{{"ID_SERIAL", "3600508b400105e210000900000490000"}, {"MY_ID", "x "}};
    UdevProperties other{{"ID_SERIAL", "35000c5003011cb2b"}};
    UdevProperties empty;
    struct {
        const UdevProperties* udev;
        std::string_view attribute, want;
    } rows[] = {
        {&same, "ID_SERIAL", "3600508b400105e210000900000490000 by udev ID_SERIAL"},
        {&other, "ID_SERIAL",
         "35000c5003011cb2b by udev ID_SERIAL; ID_SERIAL is 35000c5003011cb2b, but VPD 83h, NAA 6 (as sg3-utils' udev "
         "rules) gives 3600508b400105e210000900000490000"},
        {&empty, "ID_SERIAL", "3600508b400105e210000900000490000 by VPD 83h, NAA 6"},
        {nullptr, "ID_SERIAL", "3600508b400105e210000900000490000 by VPD 83h, NAA 6 (as sg3-utils' udev rules)"},
        {&other, "", "3600508b400105e210000900000490000 by VPD 83h, NAA 6"},
        {&same, "MY_ID", "x by udev MY_ID"},
        {&other, "MY_ID", " by udev MY_ID: the disk has no such property"},
        {nullptr, "MY_ID", " by udev MY_ID: udev has not looked at the disk yet"},
    };
    for (const auto& row : rows) {
        EXPECT_EQ(show(wwid_of_scsi(row.udev, row.attribute, sg3, one.pages())), row.want) << row.attribute;
    }
    auto blank = disk(text_designator("020100", "        "));
    EXPECT_EQ(show(wwid_of_scsi(nullptr, "ID_SERIAL", scsi_id, blank.pages())),
              " by VPD 83h, T10 vendor (as scsi_id): blank");
    EXPECT_EQ(show(wwid_of_scsi(nullptr, "ID_SERIAL", scsi_id, {})), " by VPD 83h: not there");
}

TEST(Wwid, OfNvmeIsUdevsOrTheKernels) {
    UdevProperties udev{{"ID_WWN", "eui.0025385000000001"}};
    EXPECT_EQ(show(wwid_of_nvme(&udev, "ID_WWN", "eui.0025385000000001\n")), "eui.0025385000000001 by udev ID_WWN");
    EXPECT_EQ(show(wwid_of_nvme(nullptr, "ID_WWN", "eui.1\n")), "eui.1 by sysfs wwid");
    EXPECT_EQ(show(wwid_of_nvme(&udev, "ID_WWN", "eui.1\n")),
              "eui.0025385000000001 by udev ID_WWN; ID_WWN is eui.0025385000000001, but sysfs wwid gives eui.1");
    EXPECT_EQ(show(wwid_of_nvme(&udev, "", "eui.1\n")), "eui.1 by sysfs wwid");
    EXPECT_EQ(show(wwid_of_nvme(nullptr, "MY_ID", "eui.1\n")), " by udev MY_ID: udev has not looked at the disk yet");
}

TEST(Wwid, AttributeGoesByTheNamesBeginning) {
    EXPECT_EQ(uid_attribute_by_name("dasd:ID_UID sd:A:ID_X sd:ID_Y", "sdb"), "ID_Y");
    EXPECT_EQ(uid_attribute_by_name("dasd:ID_UID sd:ID_X sd:ID_Y", "sdb"), "ID_X");
    EXPECT_EQ(uid_attribute_by_name("sdb :ID_X", "sdb"), "ID_X");
    EXPECT_EQ(uid_attribute_by_name("sd:", "sdb"), "");
    EXPECT_EQ(uid_attribute_by_name("", "sdb"), std::nullopt);
}

}  // namespace
}  // namespace rdm
