// SPDX-License-Identifier: GPL-2.0-or-later
#include "path/transport.h"

#include <gtest/gtest.h>

#include "kernel/fake_sysfs.h"

namespace rdm {
namespace {

std::string show(const Attachment& attachment) { return cat(text(attachment.transport), ' ', attachment.target_node); }

constexpr std::string_view sas = "devices/pci0/host2/port-2:0/end_device-2:0/target2:0:0/2:0:0:0";
constexpr std::string_view sas_behind_expander =
    "devices/pci0/host2/port-2:0/expander-2:0/port-2:0:1/end_device-2:0:1/target2:0:0/2:0:0:0";
constexpr std::string_view usb = "devices/pci0/usb1/1-1/1-1:1.0/host3/target3:0:0/3:0:0:0";
constexpr std::string_view fc = "devices/pci0/host4/rport-4:0-2/target4:0:0/4:0:0:0";
constexpr std::string_view iscsi = "devices/platform/host5/session1/target5:0:0/5:0:0:0";
constexpr std::string_view ata = "devices/pci0/ata3/host6/target6:0:0/6:0:0:0";
constexpr std::string_view no_numbers = "devices/pci0/ata/session/end_device-/atax/host8/target8:0:0/8:0:0:0";
constexpr std::string_view plain = "devices/pci0/virtio1/host7/target7:0:0/7:0:0:0";

FakeSysfs machine() {
    FakeSysfs sysfs;
    for (auto device : {sas, sas_behind_expander, usb, fc, iscsi, ata, no_numbers, plain}) sysfs.directory(device);
    sysfs.file(cat(sas, "/sas_address"), "0x5000c5003011cb29\n");
    sysfs.file(cat(sas_behind_expander, "/sas_address"), "0x5000c5003011cb2a\n");
    sysfs.file(cat(no_numbers, "/sas_address"), "0x2\n");
    sysfs.file(cat(plain, "/sas_address"), "0x1\n");
    sysfs.directory("bus/usb");
    sysfs.link("devices/pci0/usb1/1-1/1-1:1.0/subsystem", "/bus/usb");
    sysfs.link("devices/pci0/usb1/1-1/subsystem", "/bus/usb");
    sysfs.file("class/fc_remote_ports/rport-4:0-2/node_name", "0x50060e8012345600\n");
    sysfs.file("class/iscsi_session/session1/targetname", "iqn.2003-01.org.example:root\n");
    return sysfs;
}

// Layouts: the kernel's transport classes; order and names: decisions.md 4.2.
TEST(TransportOfDisk, FollowsTheDirectoriesAboveADisk) {
    struct {
        std::string_view device, want;
    } rows[] = {
        {sas, "sas 0x5000c5003011cb29"},
        {sas_behind_expander, "sas 0x5000c5003011cb2a"},
        {usb, "usb 1-1:1.0"},
        {fc, "fcp 0x50060e8012345600"},
        {iscsi, "iscsi iqn.2003-01.org.example:root"},
        {ata, "ata ata-3.00"},
        {plain, "unspec "},  // an address that no end device is above of
        {no_numbers, "unspec "},
        {"", "unspec "},
    };
    auto sysfs = machine();
    for (const auto& row : rows) EXPECT_EQ(show(scsi_attachment(sysfs, row.device)), row.want) << row.device;
}

TEST(TransportOfDisk, StaysWhenTheNameOfTheFarEndIsGone) {
    auto sysfs = machine();
    sysfs.remove("class/fc_remote_ports/rport-4:0-2/node_name");
    sysfs.remove("class/iscsi_session/session1/targetname");
    EXPECT_EQ(show(scsi_attachment(sysfs, fc)), "fcp ");
    EXPECT_EQ(show(scsi_attachment(sysfs, iscsi)), "iscsi ");
    sysfs.remove("class/fc_remote_ports/rport-4:0-2");
    sysfs.remove("class/iscsi_session/session1");
    EXPECT_EQ(show(scsi_attachment(sysfs, fc)), "unspec ");
    EXPECT_EQ(show(scsi_attachment(sysfs, iscsi)), "unspec ");
}

TEST(TransportOfDisk, KnowsNvmesTransports) {
    struct {
        std::string_view attribute, want;
    } rows[] = {{"pcie", "nvme-pcie"}, {"rdma", "nvme-rdma"},        {"fc", "nvme-fc"},  {"tcp", "nvme-tcp"},
                {"loop", "nvme-loop"}, {"apple-nvme", "nvme-apple"}, {"pcie2", "unspec"}};
    for (const auto& row : rows) EXPECT_EQ(text(nvme_transport(row.attribute)), row.want);
}

}  // namespace
}  // namespace rdm
