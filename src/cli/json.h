// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <string>

#include "boot/world.h"

namespace rdm {

/// What `rdmpath list --json` prints: one object, the same World always the same text.
///   version       1; counts up when a member changes its meaning or goes, not when one is added
///   maps          decided on, by WWID: wwid, name, sectors, read_only, features, handler, selector, grouping, state
///                 ("usable", "suspended", "queueing", "no usable path", "not assembled"), usable_paths, groups
///                 (priority, kernel_state, paths by name), kernel (what device-mapper has, or null), partitions
///                 (number, start and sectors, and what device-mapper has)
///   paths         every disk looked at, all that is known of it, with the WWID of its `map` or null
///   refused       subject (a path's name or a WWID) and reason
///   other_maps    multipath maps of device-mapper that no path here belongs to: wwid, kernel, partitions
/// Sizes are in units of 512 bytes ("sectors") unless named otherwise. Null is "there is none" or "not known". How text
/// from devices is spelled: cli/json_writer.h.
[[nodiscard]] std::string list_json(const World& world);

}  // namespace rdm
