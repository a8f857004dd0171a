// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <span>
#include <string>
#include <vector>

#include "base/devno.h"
#include "base/unique_fd.h"
#include "kernel/clock.h"
#include "kernel/sysfs.h"

namespace rdm {

/// Shared locks on disks, as udev takes them while it looks at one: whoever wants a disk for itself (a partitioner)
/// holds an exclusive one. A lock belongs to the node, so only the one in /dev counts; without one nobody can hold it.
/// Waits for an exclusive lock to go, for all disks together at most `bound`, and then does without.
/// Source: systemd, "Locking Block Device Access"; decisions.md 11.1.
[[nodiscard]] std::vector<UniqueFd> lock_paths(const Sysfs& sysfs, std::span<const DevNo> paths, Milliseconds bound);

/// What the kernel says to somebody who wants the disk for itself, as device-mapper does: 0, EBUSY in use, ENXIO
/// offline, …; also 0 where there is no node to ask with.
[[nodiscard]] int refusal(const Sysfs& sysfs, DevNo dev);

/// "sdb", from sysfs; "8:16" if it does not know the device.
[[nodiscard]] std::string disk_name(const Sysfs& sysfs, DevNo dev);

}  // namespace rdm
