// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include "boot/engine.h"
#include "cli/verbs.h"

namespace rdm {

/// `rdmpath record`: the text of config/record.h but for the date, and as the complaint a line for each map, and what
/// is to be mended before multipathd will have it. Only looks. A disk that is in no map counts as the map that the
/// configuration would make of its WWID. Where nobody can tell what the boot stands on, or that is no disk which could
/// be a path: "maps unknown", a warning, and status done all the same, for an image build goes on. `version`: of
/// multipath-tools, "0.9.4"; anything else: it is not installed. `doors`: nullptr where the machine cannot be looked
/// at. `image`: a record; the maps that were named for it are named here, too.
[[nodiscard]] Ended record_host(const Options& options, std::string_view version, const Doors* doors,
                                const Files& files, std::string_view image = {});

}  // namespace rdm
