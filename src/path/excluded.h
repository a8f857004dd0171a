// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <span>
#include <string>
#include <string_view>

#include "config/rules.h"
#include "kernel/sysfs.h"
#include "path/path.h"

namespace rdm {

/// Why a disk is no path whatever its WWID, "" if it may be one; the first of hidden, devnode, USB, property,
/// device and protocol. `product`: as the hardware's entries compare it; `properties`: the names of udev's, sorted. Of
/// the WWID judge_wwid() decides, once it is known. Source: decisions.md 4.1; multipath-tools 0.14.3, discovery.c,
/// pathinfo().
[[nodiscard]] std::string excluded(const Sysfs& sysfs, const Rules& rules, const Path& path, const std::string& product,
                                   std::span<const std::string> properties, std::string_view uid_attribute);

/// Why a disk of which sysfs lacks something is no path for this generation, "" if it is one. `missing`: the first
/// attribute that is not there of vendor, model and rev: no path for 0.9. Fibre Channel or iSCSI without a name of the
/// target: no path for 0.14; the others go on, and the transport becomes unspec.
/// Source: multipath-tools 0.9.4, 0.11.1, 0.14.3, discovery.c, scsi_sysfs_pathinfo(), sysfs_get_tgt_nodename().
[[nodiscard]] std::string incomplete(Generation generation, Path& path, std::string_view missing);

}  // namespace rdm
