// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <optional>
#include <string_view>

#include "kernel/sysfs.h"
#include "path/priority.h"

namespace rdm {

/// The priority by what sysfs and the configuration say, for the prioritizers that ask no question; nullopt: not one of
/// them. Missing or senseless `args` give 0.
///   hds           standard INQUIRY data, controller (byte 49) and last digit of the LDEV (byte 47): 1 if both are odd
///   or
///                 both even, 0 if not, -1 if one of them is no digit
///   datacore      args "preferredsds=NAME": 1 if bytes 112 to 127 of the INQUIRY data have it, else 0
///   iet           args "preferredip=A.B.C.D": 20 for an iSCSI disk whose portal is that, else 10. 0.14.3 looks for it
///                 in /dev/disk/by-path, whose names udev makes of the same attribute, and takes an address that is the
///                 beginning of the preferred one for it, as is done here; it also takes sda for sdab, which is not
///   weightedpath  args "hbtl|devname|serial|wwn REGEX VALUE REGEX VALUE …": the first that is found, else 0. No hbtl
///   for
///                 NVMe, whose addresses in multipath-tools are a way of counting of its own
/// Source: multipath-tools 0.9.4 and 0.14.3 (the same in both), prioritizers/; print.c, snprint_host_attr().
[[nodiscard]] std::optional<Prioritized> fixed_priority(const Sysfs& sysfs, const Path& path, std::string_view args);

}  // namespace rdm
