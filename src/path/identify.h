// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "kernel/sysfs.h"
#include "path/probe.h"

namespace rdm {

/// Names of disks that can be paths, sorted: sdX and nvmeXnY (never nvmeXcYnZ), not hidden. Those of size 0 too: a path
/// that is up without a size is a ghost. Source: decisions.md 4.1 and 6.1.
Result<std::vector<std::string>> enumerate(const Sysfs& sysfs);
[[nodiscard]] bool can_be_path(std::string_view disk_name);

/// All that sysfs knows of a disk, and what is left to be asked. ENOENT: it is gone. EINVAL: its name is not one that
/// can_be_path(). An NVMe namespace whose paths the kernel joins itself, and a USB disk, which multipath-tools' default
/// allow_usb_devices no skips (discovery.c, pathinfo()), come `left_alone`, without a WWID.
/// Source: Documentation/ABI/testing/sysfs-block-device, sysfs-bus-scsi, drivers/nvme/host/sysfs.c.
Result<Probe> identify(const Sysfs& sysfs, std::string_view disk_name);

/// Looks again at what changes in sysfs (states, size, read-only, handler; the WWID while there is none) and opens the
/// questions of a check, unless they are out. A disk that is gone becomes "removed", and down.
void recheck(Probe& probe, const Sysfs& sysfs);

}  // namespace rdm
