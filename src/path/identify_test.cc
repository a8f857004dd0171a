// SPDX-License-Identifier: GPL-2.0-or-later
#include "path/identify.h"

#include <gtest/gtest.h>

#include "kernel/fake_machine.h"

namespace rdm {
namespace {

// Layouts of sysfs as the kernel makes them; INQUIRY data and page 83h as Linux' target (LIO) forms them, from SPC-4.
constexpr std::string_view machine_text = R"(rdmpath machine 1
[disk sdb]
at = pci0000:00/0000:00:05.0/host2/rport-2:0-1/target2:0:0/2:0:0:13835058055282163713/block/sdb
dev = 8:16
size = 131072
sg = sg1 21:1
ro = 1
queue/logical_block_size = 4096
device/vendor = "LIO-ORG \x0a"
device/model = "disk \x22a\x22\x0ab        \x0a"
device/rev = 4.0
device/timeout = 7
device/inquiry = hex 00 00 06 32 5b 30 00 02 4c 49 4f 2d 4f 52 47 20
device/dh_state = alua
device/access_state = active/non-optimized
device/preferred_path = 1
device/vpd_pg80 = hex 00 80 00 04 41 42 43 44
device/vpd_pg83 = hex 00 83 00 24 01 03 00 10 60 01 40 50 00 00 00 00 00 00 00 00 00 00 00 01
 61 94 00 04 00 00 00 01 61 95 00 04 00 00 00 07
[disk sda]
at = pci0000:00/0000:00:06.0/virtio1/host3/target3:0:0/3:0:0:1/block/sda
dev = 8:0
size = 2048
[disk nvme0n1]
at = pci0000:00/0000:00:07.0/nvme/nvme0/nvme0n1
dev = 259:0
size = 4096
wwid = uuid.6f7c1a5e-0d2c-4f5b-9a55-3a3cd4c4b1f0
device/model = "QEMU NVMe Ctrl                          \x0a"
device/serial = "boot-1              \x0a"
device/firmware_rev = "8.0     \x0a"
device/transport = tcp
device/state = live
[disk nvme1n1]
at = virtual/nvme-subsystem/nvme-subsys1/nvme1n1
dev = 259:1
size = 4096
wwid = uuid.6f7c1a5e-0d2c-4f5b-9a55-3a3cd4c4b1f1
[disk nvme1c1n1]
at = pci0000:00/0000:00:08.0/nvme/nvme1/nvme1c1n1
dev = 259:2
size = 4096
[disk sdaa]
at = pci0000:00/0000:00:06.0/virtio1/host3/target3:0:0/3:0:0:2/block/sdaa
dev = 65:160
hidden = 1
[sysfs]
class/fc_remote_ports/rport-2:0-1/node_name = 0x50060e8012345600
block/loop0/size = 0
block/dm-0/size = 2048
block/sr0/size = 2048
block/vda/size = 2048
)";

Probe identified(const FakeMachine& machine, std::string_view disk) {
    auto probe = identify(machine.sysfs, disk);
    EXPECT_TRUE(probe) << (probe ? "" : probe.error().what);
    return probe ? *probe : Probe{};
}

std::string asked(Probe& probe) {
    std::string out;
    constexpr std::string_view names[] = {"inquiry", "vpd", "tur", "rtpg", "read"};
    for (const auto& request : take_questions(probe)) {
        auto name = names[static_cast<std::size_t>(request.command)];
        out += cat(out.empty() ? "" : "; ", name);
        if (request.command == ScsiCommand::vpd) out += cat(' ', hex({&request.page, 1}));
    }
    return out;
}

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
    EXPECT_EQ(enumerate(machine.sysfs), (std::vector<std::string>{"nvme0n1", "nvme1n1", "sda", "sdb"}));
    FakeSysfs nothing;
    EXPECT_EQ(enumerate(nothing).error().what, "block");
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
    want.kernel_state = "running";
    want.state_from = "no answer to TUR yet";
    EXPECT_TRUE(probe.path == want);
    EXPECT_EQ(probe.timeout, Milliseconds(7000));
    EXPECT_EQ(asked(probe), "tur");
    EXPECT_EQ(asked(probe), "");
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
    EXPECT_EQ(asked(probe), "inquiry; tur");
}

TEST(Identify, AsksNothingOfADiskThatIsNotRunning) {
    FakeMachine machine(machine_text);
    machine.set("sda", "device/state", "blocked");
    auto probe = identified(machine, "sda");
    EXPECT_EQ(asked(probe), "");
    EXPECT_TRUE(is_settled(probe));
    EXPECT_EQ(text(probe.path.state), "pending");
    EXPECT_EQ(probe.path.state_from, "blocked (sysfs state)");
    machine.set("sda", "device/state", "running");
    recheck(probe, machine.sysfs);
    EXPECT_EQ(asked(probe), "inquiry; tur");
}

TEST(Identify, FillsAnNvmePathFromSysfs) {
    FakeMachine machine(machine_text);
    auto probe = identified(machine, "nvme0n1");
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
    want.priority = 1;
    want.priority_from = "const";
    want.prioritizer = Prioritizer::constant;
    want.kernel_state = "live";
    want.state = PathState::up;
    want.state_from = "live (sysfs state)";
    EXPECT_TRUE(probe.path == want);
    EXPECT_EQ(asked(probe), "");
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

TEST(Identify, RefusesWhatIsNotThereOrNoPath) {
    FakeMachine machine(machine_text);
    struct {
        std::string_view disk;
        int code;
        std::string_view what;
    } rows[] = {
        {"sdz", ENOENT, "sdz: block/sdz"},
        {"dm-0", EINVAL, "dm-0: not a disk that can be a path"},
        {"a\nb", EINVAL, "a\\x0ab: not a disk that can be a path"},
    };
    for (const auto& row : rows) {
        auto probe = identify(machine.sysfs, row.disk);
        ASSERT_FALSE(probe) << row.disk;
        EXPECT_EQ(probe.error(), (Error{row.code, std::string(row.what)}));
    }
    machine.sysfs.file("block/sda/dev", "8:\n");
    EXPECT_EQ(identify(machine.sysfs, "sda").error().what, "sda: dev: not a device number");
}

TEST(Identify, SeesWhatChangesInSysfs) {
    FakeMachine machine(machine_text);
    auto probe = identified(machine, "sdb");
    machine.set("sdb", "device/access_state", "standby");
    machine.set("sdb", "device/preferred_path", "0");
    machine.set("sdb", "device/dh_state", "detached");
    machine.set("sdb", "size", "131080");
    machine.set("sdb", "ro", "0");
    recheck(probe, machine.sysfs);
    EXPECT_EQ(probe.path.priority, 1);
    EXPECT_EQ(probe.path.handler, "");
    EXPECT_EQ(probe.path.sectors, 131080U);
    EXPECT_FALSE(probe.path.read_only);
    machine.remove("sdb");
    recheck(probe, machine.sysfs);
    EXPECT_EQ(text(probe.path.state), "down");
    EXPECT_EQ(probe.path.state_from, "removed (sysfs state)");
}

TEST(Identify, TakesAWwidThatSysfsShowsLater) {
    FakeMachine machine(machine_text);
    auto probe = identified(machine, "sda");
    auto page = machine.sysfs.read("block/sdb/device/vpd_pg83").value();
    machine.sysfs.file("block/sda/device/vpd_pg83", page);
    recheck(probe, machine.sysfs);
    EXPECT_EQ(probe.path.wwid_from, "VPD 83h, NAA 6");
    EXPECT_EQ(asked(probe), "inquiry; tur");
}

}  // namespace
}  // namespace rdm
