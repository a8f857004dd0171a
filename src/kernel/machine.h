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
#include "kernel/scsi.h"

// A whole machine as one readable text: what sysfs shows, what the disks answer, which maps exist. Tests run on it, an
// administrator can send it, and decisions can be replayed on it. Its first line is "rdmpath machine 1"; then sections:
//
//     [cmdline]                       the kernel's command line
//     [disk sda]                      one block device; other keys than the following are sysfs attributes below it
//     at = pci0000:00/0000:00:05.0/virtio1/host2/target2:0:0/2:0:0:0/block/sda     below /sys/devices
//     dev = 8:0
//     size = 131072                   units of 512 bytes
//     sg = sg0 21:0
//     like = sdb                      starts as a copy of a disk above, partitions too, but for `at`, `sg`, `dev`
//     present = no                    not there yet; a step adds it
//     device/vendor = "QEMU    \x0a"  `device/` is the SCSI device's directory, for NVMe the controller's
//     tur = good after 3ms            also: inquiry, vpd 83, rtpg, read, netapp, ana
//     sda1/partition = 1              a partition: with start and size, and dev if not the disk's plus its number
//     content = hex 55 aa @ 510       bytes of the disk; the rest is zero
//     [sysfs]                         anything else, below /sys
//     class/fc_host/host2/port_name = 0x50060e8012345600
//     block/dm-0 -> ../devices/virtual/block/dm-0
//     [map 3600…]                     a device-mapper device
//     uuid = mpath-3600…
//     dev = 254:0
//     open = 1                        also: suspended = yes, read-only = yes
//     table = 0 131072 multipath …    one line a target
//     status = 2 0 0 0 1 1 A 0 1 2 8:0 A 0 0 1
//     [at 1.5s]                       what happens later: add sdb, remove sda, answer sda tur = hang,
//     remove sda                      set sda device/state = offline, uevent change dm-0 KEY=VALUE …,
//                                     message MAP fail_path 8:0, lose uevents, stop
//
// A line that starts with a blank continues the one before; "#" starts a comment line. The forms of values and answers
// are in kernel/machine_value.h.

namespace rdm {

/// What a disk answers to one command, and when.
struct MachineAnswer {
    bool hangs = false;  ///< never answers; everything else is unset then
    ScsiAnswer answer;   ///< `id` is unused
    Milliseconds after{0};
};
[[nodiscard]] bool operator==(const MachineAnswer& a, const MachineAnswer& b);

struct MachineDisk {
    std::string name;  ///< "sda", "nvme0n1"
    std::string at;    ///< below "devices/": ends in the name
    DevNo dev;
    std::uint64_t sectors = 0;
    std::string sg_name;
    std::optional<DevNo> sg_dev;
    bool present = true;
    std::map<std::string, std::string, std::less<>> attributes;  ///< path below the disk's directory to its bytes
    std::map<std::string, MachineAnswer, std::less<>> answers;   ///< "tur", "vpd 83", "inquiry", "rtpg", "read"
    std::map<std::uint64_t, Buffer> content;                     ///< bytes at an offset in bytes
    bool operator==(const MachineDisk&) const = default;
};

struct MachineNode {
    enum class Kind { file, link };
    Kind kind = Kind::file;
    std::string text;  ///< the file's bytes, or where the link points
    bool operator==(const MachineNode&) const = default;
};

/// One thing that happens later, `at` a time since the start.
struct MachineStep {
    enum class Kind { add, remove, answer, set, uevent, message, lose_uevents, stop };
    Milliseconds at{0};
    Kind kind = Kind::stop;
    std::string subject;  ///< a disk, a map (message), "change dm-0" (uevent)
    std::string key;      ///< answer: the command; set: the attribute
    std::string value;    ///< set: bytes; message: its text; uevent: "KEY=VALUE KEY=VALUE"
    MachineAnswer answer;
    bool operator==(const MachineStep&) const = default;
};

struct MachineText {
    std::string cmdline;
    std::vector<MachineDisk> disks;
    std::map<std::string, MachineNode, std::less<>> sysfs;
    std::vector<DmMap> maps;
    std::vector<MachineStep> steps;
    bool operator==(const MachineText&) const = default;
};

/// EINVAL "LINE: message" for the first line that is wrong.
Result<MachineText> parse_machine(std::string_view text);

/// The same machine as text; parse_machine() gives the value back ("like" is spelled out).
[[nodiscard]] std::string text(const MachineText& machine);

}  // namespace rdm
