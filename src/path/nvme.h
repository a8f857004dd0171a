// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <string>
#include <string_view>

#include "base/result.h"
#include "kernel/sysfs.h"
#include "path/probe.h"

namespace rdm {

/// What sysfs knows of an NVMe namespace, but for its WWID; `probe.path` has name, dev and sys_path already. With
/// native multipath the kernel joins the paths itself: left alone, and why.
void identify_nvme(const Sysfs& sysfs, Probe& probe);

/// Its WWID alone, which the kernel may show later than the rest.
void look_at_nvme_wwid(const Sysfs& sysfs, Path& path);

/// sysfs `wwid` as multipath-tools uses it: at most 127 characters. One that is longer and of the form
/// "nvme.VVVV-SERIAL-MODEL-NSID" loses the NUL bytes ("00") that fill serial and model; whatever is still too long is
/// cut. White space at its ends is stripped. Source: decisions.md 1.2; multipath-tools 0.14.3, discovery.c,
/// fix_broken_nvme_wwid().
std::string nvme_wwid(std::string_view attribute);

}  // namespace rdm
