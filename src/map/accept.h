// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <string>
#include <string_view>

#include "config/rules.h"

namespace rdm {

/// What is known of a WWID before it is decided whether it becomes a map.
struct Applicant {
    std::string_view wwid{};
    std::string_view device{};  ///< one of its paths, for the remedy
    std::size_t paths = 0;      ///< that no blacklist strikes
    bool present = false;       ///< device-mapper has a map of it
};

/// In a reason, between why there is a map and why multipathd will not have it.
inline constexpr std::string_view but_unwanted = ", but multipathd will not have it: ";

struct Acceptance {
    bool yes = false;
    std::string why;         ///< "in /etc/multipath/wwids"; without a map, behind "; ", what would change it
    std::string unwanted{};  ///< yes, but multipathd will not have it: why, and behind "; " what mends that
    bool operator==(const Acceptance&) const = default;
};

/// Named WWIDs and those of present maps always are maps; the reason then says if multipathd would not have it so.
/// With rd.mpath.scope=root no others are. Otherwise by the blacklist and find_multipaths. Where nobody has configured
/// multipath at all (no multipath.conf, no conf.d, no wwids file) multipath-tools' default would make no map of
/// anything: there, unless some are named, every WWID with two paths becomes one, and if some are named, only those
/// (but with rd.mpath.scope=all);
/// and where multipath-tools was recorded, multipathd will have none of them. Source: decisions.md 5.1; handoff.md 5.
[[nodiscard]] Acceptance accept(const Rules& rules, const Applicant& applicant);

}  // namespace rdm
