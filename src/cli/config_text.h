// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <string>

#include "config/config.h"
#include "config/lookup.h"

namespace rdm {

/// The whole configuration in multipath.conf's syntax, in the order and form of `multipath -t` of its generation, with
/// what is compiled in among the defaults. It differs where `multipath -t` prints what it would read in another sense:
/// uid and gid are decimal here, uid_attrs is in quotes, and every device of a blacklist has its braces.
[[nodiscard]] std::string config_text(const Config& config);

/// What applies to one array: the entries that match it, the one that counts first at the top, and each keyword that
/// has a value for its disks, with who says so.
[[nodiscard]] std::string hardware_text(const Config& config, const Hardware& hardware);

}  // namespace rdm
