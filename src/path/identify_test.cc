// SPDX-License-Identifier: GPL-2.0-or-later
#include "path/identify.h"

#include <gtest/gtest.h>

#include "path/test_machine.h"
#include "path/test_probe.h"

namespace rdm {
namespace {

// decisions.md 4.1; names: drivers/scsi/sd.c, drivers/nvme/host/core.c and multipath.c.
TEST(Identify, KnowsNamesOfPaths) {
    struct {
        std::string_view name;
        bool want;
    } rows[] = {
        {"sda", true},     {"sdaaa", true},      {"nvme0n1", true},    {"nvme10n12", true}, {"sd", false},
        {"sda1", false},   {"sdA", false},       {"nvme0c0n1", false}, {"nvme0", false},    {"nvmen1", false},
        {"nvme0n", false}, {"nvme0n1p1", false}, {"dm-0", false},      {"loop0", false},    {"vda", false},
        {"", false},       {"sr0", false},       {"../sda", false},
    };
    for (const auto& row : rows) EXPECT_EQ(can_be_path(row.name), row.want) << row.name;
}

TEST(Identify, ListsDisksThatCanBePaths) {
    FakeMachine machine(machine_text);
    EXPECT_EQ(enumerate(machine.sysfs), (std::vector<std::string>{"nvme0n1", "nvme1n1", "sda", "sdaa", "sdb"}));
    FakeSysfs nothing;
    EXPECT_EQ(enumerate(nothing).error().what(), "block: No such file or directory");
}

TEST(Identify, FillsAScsiPathFromSysfs) {
    FakeMachine machine(machine_text);
    auto probe = identified(machine, "sdb");
    Path want;
    want.name = "sdb";
    want.dev = {8, 16};
    want.sg_name = "sg1";
    want.sg_dev = DevNo{21, 1};
    want.sys_path =
        "devices/pci0000:00/0000:00:05.0/host2/rport-2:0-1/target2:0:0/2:0:0:13835058055282163713/block/sdb";
    want.scsi_id = ScsiId{2, 0, 0, 13835058055282163713U};
    want.vendor = "LIO-ORG";
    want.product = "disk \"a\"\nb";
    want.revision = "4.0";
    want.serial = "ABCD";
    want.sectors = 131072;
    want.block_size = 4096;
    want.read_only = true;
    want.transport = Transport::fcp;
    want.target_node = "0x50060e8012345600";
    want.wwid = "360014050000000000000000000000001";
    want.wwid_from = "VPD 83h, NAA 6";
    want.tpgs = Tpgs::both;
    want.port_group = 7;
    want.handler = "alua";
    want.access = Access::non_optimized;
    want.preferred = true;
    want.priority = 90;
    want.priority_from = "sysfs access_state";
    want.prioritizer = Prioritizer::sysfs;
    want.prioritizer_from = "detect_prio: access_state in sysfs";
    want.checker = Checker::tur;
    want.checker_from = "detect_checker: TPGS";
    want.kernel_state = "running";
    want.state_from = "no answer to TUR yet";
    EXPECT_TRUE(probe.path == want);
    EXPECT_EQ(probe.timeout, Milliseconds(7000));
    EXPECT_EQ(sent(probe), "tur; rtpg");
    EXPECT_EQ(sent(probe), "");
}

TEST(Identify, AsksForWhatSysfsLacks) {
    FakeMachine machine(machine_text);
    auto probe = identified(machine, "sda");
    EXPECT_EQ(probe.path.wwid, "");
    EXPECT_EQ(probe.path.wwid_from, "VPD 83h: not in sysfs, not asked for yet");
    EXPECT_EQ(text(*probe.path.scsi_id), "3:0:0:1");
    EXPECT_EQ(probe.path.sg_dev, std::nullopt);
    EXPECT_EQ(text(probe.path.transport), "unspec");
    EXPECT_EQ(probe.timeout, Milliseconds(30000));
    EXPECT_EQ(sent(probe), "inquiry; vpd 00");
    EXPECT_EQ(state(probe), "pending: no answer to VPD c9h yet");
    answer(probe, "vpd 00", "00000002 0083");
    EXPECT_EQ(probe.path.checker_from, "path_checker tur: default");
    EXPECT_EQ(sent(probe), "tur; vpd 83");
}

TEST(Identify, AsksNothingOfADiskThatIsNotRunning) {
    FakeMachine machine(machine_text);
    machine.set("sda", "device/state", "blocked");
    auto probe = identified(machine, "sda");
    EXPECT_EQ(sent(probe), "");
    EXPECT_TRUE(is_settled(probe));
    EXPECT_EQ(text(probe.path.state), "pending");
    EXPECT_EQ(probe.path.state_from, "blocked (sysfs state)");
    machine.set("sda", "device/state", "running");
    recheck(probe, machine.sysfs);
    EXPECT_EQ(sent(probe), "inquiry; vpd 00");
}

TEST(Identify, FillsAnNvmePathFromSysfs) {
    FakeMachine machine(machine_text);
    auto rules = nvme_rules();
    auto probe = identified(machine, "nvme0n1", rules);
    Path want;
    want.name = "nvme0n1";
    want.dev = {259, 0};
    want.sys_path = "devices/pci0000:00/0000:00:07.0/nvme/nvme0/nvme0n1";
    want.bus = Bus::nvme;
    want.vendor = "NVME";
    want.product = "QEMU NVMe Ctrl";
    want.revision = "8.0";
    want.serial = "boot-1";
    want.sectors = 4096;
    want.transport = Transport::nvme_tcp;
    want.wwid = "uuid.6f7c1a5e-0d2c-4f5b-9a55-3a3cd4c4b1f0";
    want.wwid_from = "sysfs wwid";
    want.priority_from = want.prioritizer_from = "no answer about ANA yet";
    want.checker = Checker::tur;
    want.checker_from = "path_checker tur: default";
    want.kernel_state = "live";
    want.state = PathState::up;
    want.state_from = "live (sysfs state)";
    EXPECT_TRUE(probe.path == want);
    EXPECT_EQ(sent(probe), "ana");
    answer(probe, "ana", "00");
    EXPECT_EQ(priority(probe), "1 by const");
    EXPECT_EQ(sent(probe), "");
    machine.set("nvme0n1", "device/state", "connecting");
    recheck(probe, machine.sysfs);
    EXPECT_EQ(probe.path.state_from, "connecting (sysfs state)");
}

TEST(Identify, LeavesNativeNvmeMultipathAlone) {
    FakeMachine machine(machine_text);
    auto head = identified(machine, "nvme1n1");
    EXPECT_EQ(head.path.wwid, "");
    EXPECT_EQ(head.path.wwid_from, "NVMe native multipath: the kernel joins its paths itself");
    recheck(head, machine.sysfs);
    EXPECT_EQ(text(head.path.state), "up");
    machine.sysfs.file("module/nvme_core/parameters/multipath", "Y\n");
    auto single = identified(machine, "nvme0n1");
    EXPECT_TRUE(single.left_alone);
    EXPECT_EQ(single.path.wwid_from, "NVMe native multipath is on (nvme_core.multipath=Y)");
    machine.sysfs.file("module/nvme_core/parameters/multipath", "N\n");
    EXPECT_FALSE(identified(machine, "nvme0n1").left_alone);
}

// multipath-tools 0.14.3, discovery.c, pathinfo(): "skip USB device" unless allow_usb_devices.
TEST(Identify, LeavesUsbDisksAlone) {
    FakeMachine machine(R"(rdmpath machine 1
[disk sda]
at = pci0000:00/usb1/1-1/1-1:1.0/host3/target3:0:0/3:0:0:0/block/sda
dev = 8:0
size = 2048
device/vendor = Stick
device/vpd_pg83 = hex 00 83 00 0c 01 03 00 08 50 00 c5 00 30 11 cb 2b
)");
    machine.sysfs.directory("bus/usb");
    machine.sysfs.link("devices/pci0000:00/usb1/1-1/1-1:1.0/subsystem", "/bus/usb");
    auto probe = identified(machine, "sda");
    EXPECT_TRUE(probe.left_alone);
    EXPECT_EQ(probe.path.wwid, "");
    EXPECT_EQ(probe.path.excluded, "USB: allow_usb_devices no: default");
    EXPECT_EQ(probe.path.wwid_from, probe.path.excluded);
    EXPECT_EQ(probe.path.vendor, "Stick");
    recheck(probe, machine.sysfs);
    EXPECT_EQ(sent(probe), "");
    EXPECT_EQ(probe.path.wwid, "");
}

// Names of SCSI devices' directories: drivers/scsi/scsi_sysfs.c, host:channel:target:lun.
TEST(Identify, ReadsScsiIdsOfFourParts) {
    struct {
        std::string_view directory, want;
    } rows[] = {
        {"3:0:0:1", "3:0:0:1"}, {"3:0:0:1:2", "none"}, {"3:0:0:1:", "3:0:0:1"}, {"3:0:0", "none"},
        {"3:0:0:x", "none"},    {"3::0:1", "none"},    {"-3:0:0:1", "none"},
    };
    for (const auto& row : rows) {
        FakeMachine machine(cat("rdmpath machine 1\n[disk sda]\nat = host3/target3:0:0/", row.directory,
                                "/block/sda\ndev = 8:0\nsize = 2048\n"));
        auto id = identified(machine, "sda").path.scsi_id;
        EXPECT_EQ(id ? text(*id) : "none", row.want) << row.directory;
    }
}

TEST(Identify, RefusesWhatIsNotThereOrNoPath) {
    FakeMachine machine(machine_text);
    struct {
        std::string_view disk;
        int code;
        std::string_view what;
    } rows[] = {
        {"sdz", ENOENT, "sdz: block/sdz: No such file or directory"},
        {"dm-0", EINVAL, "dm-0: not a disk that can be a path"},
        {"a\nb", EINVAL, "a\\x0ab: not a disk that can be a path"},
    };
    for (const auto& row : rows) {
        auto probe = try_identify(machine, row.disk, plain_rules);
        ASSERT_FALSE(probe) << row.disk;
        EXPECT_EQ(probe.error(), (Error{row.code, std::string(row.what)}));
    }
    machine.sysfs.file("block/sda/dev", "8:\n");
    EXPECT_EQ(try_identify(machine, "sda", plain_rules).error().what(), "sda: dev: not a device number");
}

TEST(Identify, AsksForAnInquiryThatSysfsCuts) {
    FakeMachine machine(machine_text);
    for (std::string_view attribute : {"vendor", "model"}) machine.set("sda", cat("device/", attribute), "x");
    machine.sysfs.file("block/sda/device/inquiry", std::string_view("\0\0\6\x32\x1f", 5));
    auto cut = identified(machine, "sda");
    EXPECT_EQ(sent(cut), "inquiry; vpd 00");
    machine.sysfs.file("block/sda/device/inquiry", std::string_view("\0\0\6\x32\x1f\0", 6));
    auto whole = identified(machine, "sda");
    EXPECT_EQ(sent(whole), "vpd 00");
}

}  // namespace
}  // namespace rdm
