// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <string_view>

#include "cli/verbs.h"

namespace rdm {

/// Where `multipath -u` keeps the deadlines of disks that wait for a second path, MAJOR:MINOR each. Ours are there too:
/// what began in the initramfs goes on in the main system.
inline constexpr std::string_view wait_directory = "/run/multipath/find_multipaths";

/// `rdmpath claim DEVICE`, for a udev rule: lines KEY="VALUE" (path/claim.h), status done for every decision, and the
/// reason as the complaint with rd.mpath.debug. Nothing at all unless rd.mpath is on. Looks at sysfs and files; a disk
/// whose page 83h sysfs lacks is asked for its WWID, for at most three seconds. Source: decisions.md 5.3,
/// multipath/main.c check_path_valid(). DEVICE may also be a map or a partition of one, "dm-3": cli/claim_map.h.
/// `released`: DM_MULTIPATH_DEVICE_PATH of the environment is "0". `waits`: the directory of deadlines; empty: none are
/// kept, and a disk that waits has all its time left.
[[nodiscard]] Ended claim_disk(const Options& options, const CommandLine& command_line, const Doors& doors,
                               bool released, std::string_view waits);

}  // namespace rdm
