// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <string>

#include "boot/world.h"

namespace rdm {

/// What `rdmpath list` prints: a block for each map (state, disk, priority groups, paths, partitions), the maps of
/// device-mapper that have no path here, and the disks in no map with one line of reason each, beyond eight counts by
/// reason. 80 columns wherever names allow; ends with a newline; text from devices escaped. A line below a path
/// says why it is not up; "kernel: …" is where device-mapper sees it in another way.
[[nodiscard]] std::string list_text(const World& world);

/// "name" or "name (WWID)" if they differ, escaped.
[[nodiscard]] std::string title(std::string_view name, std::string_view wwid);

/// "HITACHI OPEN-V", escaped.
[[nodiscard]] std::string hardware(const Path& path);

/// "fcp 50060e8012345600", escaped; empty for a transport without a name.
[[nodiscard]] std::string transport_text(const Path& path);

}  // namespace rdm
