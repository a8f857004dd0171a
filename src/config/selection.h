// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <string>
#include <vector>

namespace rdm {

/// Which WWIDs become maps: those named, whatever their number of paths; if none is named, every WWID with two paths or
/// more. A WWID that device-mapper has a map of already stays one in both cases.
struct Selection {
    std::vector<std::string> wwids;
};

}  // namespace rdm
