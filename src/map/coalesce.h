// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <span>

#include "config/rules.h"
#include "kernel/dm.h"
#include "map/map.h"

namespace rdm {

/// Paths to maps by WWID, the same whatever order the paths arrive in. A WWID becomes a map if it is named, or if none
/// is named and two paths share it, or if device-mapper has a map of it already. Source: decisions.md 5.1.
///
/// A path that a blacklist strikes is none, and leaves a present map that holds it (decisions.md 11.3); but where these
/// are all that a present map or a named WWID has, it is looked after with them.
///
/// A path without a WWID that a present map holds belongs to that map: it may only not have answered yet, as
/// multipath-tools' INIT_PARTIAL. A path that a present map of another WWID holds is refused; if others bear that map's
/// WWID, it is among them, down and with its own WWID, until the map lets it go. Paths that the kernel has removed take
/// no part.
///
/// Sizes and logical block sizes must agree, a path of size 0 (a ghost that tells none) has no say. Where a map is
/// present, its size and the block size of the paths it holds decide which paths stay, and of those it holds the ones
/// that grew stay too; otherwise a difference refuses the whole WWID.
[[nodiscard]] Coalesced coalesce(std::span<const Path> paths, const Rules& rules, std::span<const DmMap> present);

/// Sectors from the start of the device to the end of its table.
[[nodiscard]] std::uint64_t sectors_of(const DmMap& map);

}  // namespace rdm
