// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <string>
#include <vector>

#include "config/rules.h"
#include "kernel/sysfs.h"
#include "map/map.h"

namespace rdm {

/// One attribute to be written.
struct SysfsWrite {
    using __trivially_relocatable = SysfsWrite;
    std::string path;   ///< relative to sysfs: "class/fc_remote_ports/rport-2:0-3/fast_io_fail_tmo"
    std::string value;  ///< "5", "off"
    std::string why;    ///< "fast_io_fail_tmo 5: default"; safe to print
    bool operator==(const SysfsWrite&) const = default;
};

/// What multipath-tools sets below a map's paths before it loads the table: per SCSI host eh_deadline, per disk
/// max_retries (from 0.11 on), the timeouts of FC remote ports, iSCSI sessions and SAS end devices, and max_sectors_kb
/// of every path. In the order in which they are to be written: an FC port takes no fast_io_fail_tmo beyond its
/// dev_loss_tmo. Only what differs from what sysfs has now. That one cannot be written is nobody's failure: not every
/// driver has all of them.
/// Source: decisions.md 12; libmultipath/discovery.c sysfs_set_scsi_tmo(), configure.c sysfs_set_max_sectors_kb().
[[nodiscard]] std::vector<SysfsWrite> timeouts(const Map& map, const Rules& rules, const Sysfs& sysfs);

}  // namespace rdm
