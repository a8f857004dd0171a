// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include "config/lookup.h"
#include "config/rules.h"
#include "map/held.h"
#include "map/map.h"

namespace rdm {

/// Where a map's values are looked up: its own entry, overrides, the device entries of its first path, defaults.
/// Lends both.
[[nodiscard]] Scope scope_of(const Config& config, const Map& map);

/// Where a device entry stands, for a line that names its patterns already: "hardware table 0.14".
[[nodiscard]] std::string hardware_source(const Config& config, const Section& entry);

/// Decides what holds for a map as a whole (policy, selector, queueing, features, hardware handler, repeat count,
/// read-only, partitions), with a reason for each. `map` has its paths. `present`: the map that device-mapper has;
/// nullptr: none.
///
/// Of a present map its queue mode stays, its queueing too where no_path_retry is not set, and where that is a number
/// while no path is usable: then whoever counts the retries may have ended it. A handler that it lacks is asked for
/// only where one is attached. Source: decisions.md 8 and 9; libmultipath/propsel.c.
void decide_values(Map& map, const Rules& rules, const Held* present);

}  // namespace rdm
