// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <string>

#include "boot/doors.h"
#include "cli/options.h"
#include "config/command_line.h"

namespace rdm {

/// Exit statuses, the same for all verbs.
enum class Exit { done = 0, missing = 1, usage = 2, refused = 3 };

/// What a verb leaves: its status, text for stdout, and text for stderr (without "rdmpath: ").
struct Ended {
    Exit status = Exit::done;
    std::string output;
    std::string complaint;
};

/// Runs a verb that needs the machine; `run` and `wait` return when they are over, `wait` without a timeout after that
/// of the kernel's command line. `options` names any verb but config (cli/config_verb.h), help and
/// version.
Ended perform(const Options& options, const CommandLine& command_line, const Doors& doors);

/// `rdmpath scope`, for hooks: which disks matter, by their attributes `wwid` in sysfs, a line each; none is all.
/// Status missing: off. It touches nothing but files: where it is off, it has left nothing.
[[nodiscard]] Ended show_scope(const CommandLine& command_line, const Files& files);

}  // namespace rdm
