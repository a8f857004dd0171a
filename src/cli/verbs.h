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
/// of the kernel's command line. `options` names any verb but config and scope (cli/config_verb.h and
/// cli/scope_verb.h), help and version.
Ended perform(const Options& options, const CommandLine& command_line, Doors doors);

}  // namespace rdm
