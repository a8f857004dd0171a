// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include "cli/options.h"
#include "cli/verbs.h"
#include "kernel/files.h"

namespace rdm {

/// `rdmpath config`: needs no machine and no privileges, only files. What is wrong in them is the complaint, a line
/// each. Status `usage`: multipathd would not start with them; and with --check, which prints nothing else, any mistake
/// in them (Problem::Severity), as they can still be mended.
[[nodiscard]] Ended show_config(const Options& options, const Files& files);

}  // namespace rdm
