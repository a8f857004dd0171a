// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <string_view>

#include "kernel/fake_files.h"
#include "kernel/fake_machine.h"
#include "path/identify.h"
#include "path/test_probe.h"

namespace rdm {

/// For tests: a machine with disks of each kind. Layouts of sysfs as the kernel makes them; INQUIRY data and page 83h
/// as Linux' target (LIO) forms them, from SPC-4.
inline constexpr std::string_view machine_text = R"(rdmpath machine 1
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
device/vpd_pg0 = hex 00 00 00 03 00 80 83
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

/// As multipath-tools' hardware table has it for NVMe (decisions.md 1.1).
inline Rules nvme_rules() {
    Rules rules;
    rules.config.defaults.set(Keyword::uid_attrs, "nvme:ID_WWN", {});
    return rules;
}

inline Result<Probe> try_identify(const FakeMachine& machine, std::string_view disk, const Rules& rules) {
    Identification with{machine.sysfs, machine.files, rules};
    return std::move(*TRY(identify(with, disk)));
}

inline Probe identified(const FakeMachine& machine, std::string_view disk, const Rules& rules = plain_rules) {
    return try_identify(machine, disk, rules).value();
}

}  // namespace rdm
