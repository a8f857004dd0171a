// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <string>

#include "map/plan.h"

namespace rdm {

/// What `rdmpath plan` tells beside the tables of new maps, for standard error: the concise form on standard output
/// (map/concise.h) is for what is created, without comments, reloads, messages and removals. One line each:
/// "3600…: sdc joined", "3600…: reload: 0 2048 multipath …", "3600…: message fail_path 8:16", "3600…-part3: remove",
/// "3600…: refused: …". Empty if there is nothing to tell; text from devices escaped.
[[nodiscard]] std::string plan_notes(const Plan& plan);

}  // namespace rdm
