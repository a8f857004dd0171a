// SPDX-License-Identifier: GPL-2.0-or-later
#include "path/udev_properties.h"

#include <gtest/gtest.h>

#include "kernel/fake_files.h"
#include "kernel/fake_sysfs.h"

namespace rdm {
namespace {

std::string show(const UdevProperties& properties) {
    std::string all;
    for (const auto& one : properties) all += cat(one.name, '=', escape(one.value), "; ");
    return all;
}

constexpr std::string_view uevent = "MAJOR=8\nMINOR=16\nDEVNAME=sdb\nDEVTYPE=disk\nDISKSEQ=10\n";

// Format and what libudev adds: systemd 252, sd-device.c, handle_db_line() and device_properties_prepare().
TEST(UdevProperties, AreThoseOfDatabaseAndKernelByName) {
    constexpr std::string_view database =
        "S:disk/by-id/scsi-36001405\nS:disk/by-path/pci-0\nI:3141592\nE:ID_SERIAL=36001405\nE:ID_WWN=0x6001405\n"
        "E:ID_MODEL_ENC=disk\\x20\nE:DEVTYPE=other\nG:systemd\nQ:systemd\nV:1\nL:10\nW:3\n";
    EXPECT_EQ(show(parse_udev_properties(database, uevent, "devices/pci0/block/sdb")),
              "CURRENT_TAGS=systemd; DEVLINKS=disk/by-path/pci-0; "
              "DEVNAME=/dev/sdb; DEVPATH=/devices/pci0/block/sdb; DEVTYPE=other; DISKSEQ=10; "
              "ID_MODEL_ENC=disk\\x5cx20; ID_SERIAL=36001405; ID_WWN=0x6001405; MAJOR=8; MINOR=16; SUBSYSTEM=block; "
              "TAGS=systemd; USEC_INITIALIZED=3141592; ");
}

TEST(UdevProperties, LeaveOutLinesThatMakeNoSense) {
    EXPECT_EQ(show(parse_udev_properties("E:\nE:=x\nE:A\nE:B=\nX\n\nE:C=1=2\nQ\nZ:9\n", "", "s")),
              "C=1=2; DEVPATH=/s; SUBSYSTEM=block; ");
}

TEST(UdevProperties, AreReadWhereUdevHasLooked) {
    FakeFiles files;
    FakeSysfs sysfs;
    sysfs.file("devices/pci0/block/sdb/uevent", uevent);
    EXPECT_FALSE(read_udev_properties(files, sysfs, {8, 16}, "devices/pci0/block/sdb"));
    files.files["/run/udev/data/b8:16"] = "E:ID_SERIAL=x\n";
    auto properties = read_udev_properties(files, sysfs, {8, 16}, "devices/pci0/block/sdb");
    ASSERT_TRUE(properties);
    EXPECT_EQ(property(*properties, "ID_SERIAL"), "x");
    EXPECT_EQ(property(*properties, "DEVNAME"), "/dev/sdb");
    EXPECT_EQ(property(*properties, "ID_SERIA"), "");
    files.files["/run/udev/data/b8:16"] = "E:RDMPATH_FOREIGN=1\nE:SYSTEMD_READY=0\n";
    EXPECT_FALSE(read_udev_properties(files, sysfs, {8, 16}, "devices/pci0/block/sdb")) << "spared the looking";
}

// systemd 252, src/udev/udev-rules.c, get_property_from_string().
TEST(UdevProperties, AreImportedAsUdevDoes) {
    struct {
        std::string_view printed, want;
    } rows[] = {
        {"A=1\nB=2\n", "A=1; B=2; "},  {" A = 1 2 \r\nB=2", "A=1 2; B=2; "},
        {"A=1\nA=2\n", "A=2; "},       {"A=\nB\n=3\n#C=4\n\n", ""},
        {"A=1\nA=\n", "A=1; "},        {"A=\"1 2\"\nB='x'\nC=\"y\nD=\"\nE=\"\"\n", "A=1 2; B=x; "},
        {"A=\\x20\n", "A=\\x5cx20; "}, {".A=1\n", ""},
    };
    for (const auto& row : rows) {
        UdevProperties properties;
        import_properties(properties, row.printed);
        EXPECT_EQ(show(properties), row.want) << row.printed;
    }
}

}  // namespace
}  // namespace rdm
