// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <string_view>

#include "boot/engine.h"
#include "cli/verbs.h"

namespace rdm {

/// `rdmpath record`: the text of config/record.h, and as the complaint a line for each map, and what is to be mended
/// before multipathd will have it. Only looks. A disk that is in no map counts as the map that the configuration would
/// make of its WWID. Where nobody can tell what the boot stands on: "maps unknown", a warning, and status done all the
/// same, for an image build goes on. `doors`: nullptr where the machine cannot be looked at. `today`: "2026-11-27".
[[nodiscard]] Ended record_host(const Options& options, Doors* doors, const Files& files, std::string_view today);

}  // namespace rdm
