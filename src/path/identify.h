// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "config/rules.h"
#include "kernel/files.h"
#include "kernel/sysfs.h"
#include "path/hardware.h"
#include "path/probe.h"

namespace rdm {

/// Names of disks that can be paths, sorted: sdX and nvmeXnY (never nvmeXcYnZ). Those of size 0 too: a path that is up
/// without a size is a ghost. Source: decisions.md 4.1 and 6.1.
Result<std::vector<std::string>> enumerate(const Sysfs& sysfs);
[[nodiscard]] bool can_be_path(std::string_view disk_name);

/// The kernel's own name for what is behind a disk, "naa.6001405…", "t10.ATA …", "eui.0025…": its attribute `wwid` in
/// sysfs, which all paths to it share. "": it has none. Source: Documentation/ABI/testing/sysfs-bus-scsi,
/// drivers/scsi/scsi_lib.c scsi_vpd_lun_id(), drivers/nvme/host/sysfs.c.
[[nodiscard]] std::string sysfs_wwid(const Sysfs& sysfs, std::string_view disk_name);

/// Where disks are looked at and by whose rules, and what is remembered from one to the next. Lends; files and rules
/// outlive every probe.
struct Identification {
    const Sysfs& sysfs;
    const Files& files;
    const Rules& rules;
    KnownHardware known{};
};

/// All that sysfs knows of a disk, the hardware's entries, and what is left to be asked. ENOENT: it is gone. EINVAL:
/// its name is not one that can_be_path(). A disk that is none of ours comes `left_alone` and with path.excluded: NVMe
/// whose paths the kernel joins itself; then, in the order of decisions.md 4.1, hidden, devnode, USB
/// (allow_usb_devices), property, device and protocol; the WWID's entry when it is known. What has no vendor, model or
/// revision is "UNKNOWN" there for the hardware table, but no path for 0.9; what is on Fibre Channel or iSCSI without a
/// target's name is no path for 0.14, and on no known transport before. Source:
/// Documentation/ABI/testing/sysfs-block-device, sysfs-bus-scsi, drivers/nvme/host/sysfs.c; multipath-tools 0.9.4,
/// 0.11.1 and 0.14.3, discovery.c, pathinfo(), scsi_sysfs_pathinfo(), nvme_sysfs_pathinfo(), sysfs_get_tgt_nodename().
Result<std::unique_ptr<Probe>> identify(Identification& with, std::string_view disk_name);

/// Looks again at what changes in sysfs (states, size, read-only, handler; the WWID while there is none) and opens the
/// questions of a check, unless they are out. A disk that is gone becomes "removed", and down. The priority of a path
/// that is down is asked for only while it is not known, as pathinfo() has it.
void recheck(Probe& probe, const Sysfs& sysfs);

}  // namespace rdm
