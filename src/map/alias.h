// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <vector>

#include "config/rules.h"
#include "map/held.h"
#include "map/map.h"

namespace rdm {

/// Gives every map its name, and the reason "name". In this order: the alias of its multipath entry; with
/// user_friendly_names the alias that its WWID is bound to, or the next free one; its WWID. A name that another map of
/// the kernel or of this decision has is not taken: the WWID takes its place. New aliases are given in the order of the
/// maps' first paths and stay in memory: nothing is written to the bindings file.
///
/// A present map is never renamed; where multipathd would, its reason says so.
/// Source: decisions.md 10; libmultipath/propsel.c select_alias(), alias.c get_user_friendly_alias().
void name_maps(std::vector<Map>& maps, const Rules& rules, const HeldMaps& held);

}  // namespace rdm
