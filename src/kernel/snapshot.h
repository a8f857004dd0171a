// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <map>
#include <string>
#include <string_view>

#include "base/result.h"

namespace rdm {

/// A machine text (kernel/machine.h) as questions and answers, both text, as `rdmpath snapshot` writes them:
///     disk sda              where it is below /sys/devices: "pci0000:00/…/block/sda"
///     scsi sda tur          a command's answer
///     sysfs devices/…/ro    by real path: "= 0", "= error EACCES", "/ = sda sdb" (a directory), "-> /devices/…" (a
///     link) files /etc/x          the same for other files, by the path that was asked for file /etc/x           a
///     file's bytes map 3600…             the lines of its section maps                  "error EACCES": why there are
///     no maps
/// Values and answers are in the forms of kernel/machine_value.h. What is not in it is not there.
using Snapshot = std::map<std::string, std::string, std::less<>>;

/// EINVAL "LINE: message" for the first line that is wrong. Of a text for tests, what only they understand ("like",
/// "content", what happens later) is wrong too.
Result<Snapshot> parse_snapshot(std::string_view text);

/// The machine text; parse_snapshot() gives the value back.
[[nodiscard]] std::string snapshot_text(Snapshot&& snapshot);

/// The entries whose keys begin so, by the rest of their keys; the second takes them out.
[[nodiscard]] Snapshot entries_below(const Snapshot& all, std::string_view begin);
Snapshot take_below(Snapshot& all, std::string_view begin);

/// The kernel's command line as a file.
inline constexpr std::string_view cmdline_file = "/proc/cmdline";

/// The directory that "device" of a disk leads to, below sysfs: the SCSI device's, or the NVMe controller's. `at`: as
/// behind "disk sda".
[[nodiscard]] std::string device_directory(std::string_view at);

}  // namespace rdm
