// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <set>
#include <string>
#include <vector>

#include "config/bindings.h"
#include "config/config.h"
#include "config/flavour.h"

namespace rdm {

/// All that people decided, before any disk is looked at. Decisions lend it: it outlives them.
struct Rules {
    Config config{};
    std::vector<std::string> named{};  ///< WWIDs that were asked for by name, in order; whatever the configuration says
    std::set<std::string, std::less<>> wwids{};         ///< of the wwids file
    std::set<std::string, std::less<>> failed_wwids{};  ///< names in /run/multipath/failed_wwids
    Bindings bindings{};
    WwidFlavour flavour = WwidFlavour::libmultipath;
};

/// The files that decide: 0.9 takes them from wwids_file and bindings_file, later ones have them in /etc/multipath.
[[nodiscard]] std::string wwids_file(const Config& config);
[[nodiscard]] std::string bindings_file(const Config& config);

}  // namespace rdm
