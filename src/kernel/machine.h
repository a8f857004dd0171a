// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/bytes.h"
#include "base/devno.h"
#include "base/result.h"
#include "kernel/clock.h"
#include "kernel/dm.h"
#include "kernel/machine_value.h"
#include "kernel/snapshot.h"

// A whole machine as one readable text: what sysfs shows, what the disks answer, which maps exist, what the
// configuration says. Tests run on it, an administrator can send it (`rdmpath snapshot`), and decisions are replayed on
// it (`--snapshot`). Its first line is "rdmpath machine 1"; then sections:
//
//     [cmdline]
//     | root=LABEL=root rd.mpath=1    the kernel's command line
//     [disk sda]                      one block device; other keys than the following are sysfs attributes below it
//     at = pci0000:00/0000:00:05.0/virtio1/host2/target2:0:0/2:0:0:0/block/sda     below /sys/devices
//     dev = 8:0
//     size = 131072                   units of 512 bytes
//     sg = sg0 21:0
//     like = sdb                      starts as a copy of a disk above, partitions too, but for `at`, `sg`, `dev`
//     present = no                    not there yet; a step adds it
//     device/vendor = "QEMU    \x0a"  `device/` is the SCSI device's directory, for NVMe the controller's
//     device/state = error EIO        there, but cannot be read; ENOENT: not there
//     tur = good after 3ms            also: inquiry, vpd 83, rtpg, read, netapp, ana
//     sda1/partition = 1              a partition: with start and size, and dev if not the disk's plus its number
//     content = hex 55 aa @ 510       bytes of the disk; the rest is zero
//     [sysfs]                         anything else, below /sys
//     class/fc_host/host2/port_name = 0x50060e8012345600
//     block/dm-0 -> ../devices/virtual/block/dm-0
//     block/ = dm-0 loop0 sda         what is in a directory, looked at or not
//     [map 3600…]                     a device-mapper device
//     uuid = mpath-3600…
//     dev = 254:0
//     open = 1                        also: suspended = yes, read-only = yes
//     table = 0 131072 multipath …    one line a target
//     status = 2 0 0 0 1 1 A 0 1 2 8:0 A 0 0 1
//     [maps]
//     error EACCES "…"                device-mapper could not be asked
//     [files]                         other files, by absolute path, as in [sysfs]
//     /etc/multipath/wwids = error EACCES
//     [file /etc/multipath.conf]      a file as it is: "|", a blank and a line of it, or exact bytes as a value
//     | defaults {
//     "}\x0d\x0a"
//     [at 1.5s]                       what happens later, for tests (kernel/fake_steps.h)
//     remove sda
//
// A line that starts with a blank continues the one before; "#" starts a comment line. The forms of values, answers and
// names are in kernel/machine_value.h.

namespace rdm {

/// A file, a link, a directory, or why it cannot be looked at.
struct MachineNode {
    enum class Kind : std::uint8_t { file, link, directory, error };
    Kind kind = Kind::file;
    int code = 0;        ///< error: an errno value
    std::string text{};  ///< file: its bytes; link: where it points; directory: the names in it, as words
    bool operator==(const MachineNode&) const = default;
};
using MachineNodes = std::map<std::string, MachineNode, std::less<>>;  ///< by path

struct MachineDisk {
    std::string name;  ///< "sda", "nvme0n1"
    std::string at;    ///< below "devices/": ends in the name
    DevNo dev;
    std::uint64_t sectors = 0;
    std::string sg_name;
    std::optional<DevNo> sg_dev;
    bool present = true;
    MachineNodes attributes;                                    ///< by path below the disk's directory
    std::map<std::string, MachineAnswer, std::less<>> answers;  ///< by command_key() of machine_value.h
    std::map<std::uint64_t, Buffer> content;                    ///< bytes at an offset in bytes
    bool operator==(const MachineDisk&) const = default;
};

/// A line of a section [at TIME].
struct MachineLater {
    Milliseconds at{0};
    std::string text;
    std::size_t line = 0;  ///< where it stands in the text
};
[[nodiscard]] inline bool operator==(const MachineLater& a, const MachineLater& b) {
    return a.at == b.at && a.text == b.text;
}

struct MachineText {
    std::string cmdline;
    std::vector<MachineDisk> disks;
    MachineNodes sysfs;
    MachineNodes files;
    std::vector<DmMap> maps;
    std::vector<MachineLater> later;
    bool operator==(const MachineText&) const = default;
};

/// EINVAL "LINE: message" for the first line that is wrong.
Result<MachineText> parse_machine(std::string_view text);

/// The SCSI device's directory below sysfs, or the NVMe controller's.
[[nodiscard]] inline std::string device_directory(const MachineDisk& disk) { return device_directory(disk.at); }
[[nodiscard]] bool is_scsi(const MachineDisk& disk);

}  // namespace rdm
