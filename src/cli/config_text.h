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

/// What applies to one array: each keyword that has a value for its disks, in multipath.conf's syntax, with who says so
/// behind it as a comment. At the top, as comments, the entries that match, the one that counts first the first.
[[nodiscard]] std::string hardware_text(const Config& config, const Hardware& hardware);

}  // namespace rdm
