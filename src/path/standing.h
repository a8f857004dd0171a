// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <map>
#include <string>

#include "kernel/files.h"
#include "kernel/sysfs.h"

namespace rdm {

/// What the running system stands on: "map 3600a" or "disk sda", a multipath map by its WWID, escape()d, or a disk in
/// none by its kernel name; and what stands on that: "root", "usr", "swap", blanks between.
using Standings = std::map<std::string, std::string, std::less<>>;

/// Adds a role, or several, unless it is there.
void add_role(std::string& roles, std::string_view role);

/// What /, /usr and swap stand on, through partitions, LVM, LUKS, MD and all devices of a Btrfs: the multipath maps and
/// disks at the bottom. Empty: it cannot be told what / stands on (a container, a chroot without /proc or /sys, a
/// root in memory or on the network). Source: proc_pid_mountinfo(5), proc(5) on swaps,
/// Documentation/ABI/stable/sysfs-block, fs/btrfs/sysfs.c.
[[nodiscard]] Standings boot_stands_on(const Sysfs& sysfs, const Files& files);

}  // namespace rdm
