// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <optional>

#include "base/devno.h"
#include "kernel/sysfs.h"

namespace rdm {

/// Whether so many commands for this disk might have to wait for places in a queue: before the last of them, at least
/// half of the disk's or its host's are taken. The kernel waits for one within write(2) on an sg device, even on one
/// that should not block, and as long as the commands before it hang. `host`: the number of its host, if it is known.
/// What sysfs does not tell is not crowded. Source: drivers/scsi/sg.c, sg_start_req(); drivers/scsi/scsi_sysfs.c;
/// Documentation/block/stat.rst.
[[nodiscard]] bool is_crowded(const Sysfs& sysfs, DevNo dev, std::optional<unsigned> host, std::size_t commands);

}  // namespace rdm
