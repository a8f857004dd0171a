// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include "cli/verbs.h"
#include "kernel/files.h"

namespace rdm {

/// `rdmpath scope`, for hooks: status missing and no output where the kernel's command line has rdmpath off; else done,
/// and a line for each sysfs attribute `wwid` of the disks that this boot needs, escape()d; no line: it may need any
/// (boot_scope()). What is wrong on the command line is the complaint, in either case.
[[nodiscard]] Ended show_scope(const Files& files);

}  // namespace rdm
