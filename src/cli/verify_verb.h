// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include "cli/verbs.h"

namespace rdm {

/// `rdmpath verify [FILE]`: the record of an image, by default the one that this system was booted with
/// (booted_record), line by line beside what `rdmpath record` would say now, and what the main system's multipathd
/// would not have: "ok", "DIFF", "fix:" and what to type. Status missing where they differ, usage where there is no
/// such record. Not compared: the date, the number of paths, disks in no map, maps where the image is a generic one,
/// and maps that it lacks where its own were named. Only looks.
[[nodiscard]] Ended verify_host(const Options& options, const Doors& doors);

}  // namespace rdm
