// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <map>
#include <string>
#include <vector>

#include "kernel/files.h"
#include "kernel/sysfs.h"

namespace rdm {

/// Disks by their kernel names, and what stands on each, with a blank in front of every word: " root swap".
using Standings = std::map<std::string, std::string, std::less<>>;

/// The disks that the running system stands on: those below / ("root"), /usr ("usr"), active swap ("swap") and the
/// device that it would be resumed from ("resume"), through partitions, multipath, LVM, LUKS, MD and all devices of a
/// Btrfs; where `named` names devices ("8:1", "sda1", "/dev/sda1"), only those below these, as "named" too. Empty: it
/// cannot be told (a container, a chroot without /proc or /sys, a root in memory or on the network). Source:
/// proc_pid_mountinfo(5), proc(5) on swaps, Documentation/ABI/stable/sysfs-block, testing/sysfs-power,
/// fs/btrfs/sysfs.c.
[[nodiscard]] Standings boot_stands_on(const Sysfs& sysfs, const Files& files, const std::vector<std::string>& named);

}  // namespace rdm
