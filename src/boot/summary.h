// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <map>
#include <set>
#include <string>
#include <vector>

#include "boot/world.h"
#include "kernel/seconds.h"

namespace rdm {

using Texts = std::map<std::string, std::string, std::less<>>;

/// A map as a person follows it during the boot.
struct MapSummary {
    std::string name;
    bool exists = false;            ///< device-mapper has it
    bool usable = false;            ///< it exists, is not suspended, and at least one path takes I/O
    std::size_t total = 0;          ///< paths known of this WWID
    Texts working;                  ///< paths that take I/O: name -> "2:0:0:1, optimized"
    Texts stale;                    ///< paths that do not: name -> why ("TUR: no connect")
    std::set<unsigned> partitions;  ///< numbers of the partition maps that exist
};

/// By WWID.
using Summary = std::map<std::string, MapSummary, std::less<>>;

[[nodiscard]] Summary summarize(const Coalesced& decided, const std::vector<DmMap>& present);

/// What changed, one line a thing, subject first: "3600…: sdc sdd joined, 4 of 4 paths". Beyond eight paths in one
/// line: a count. Nothing changed: no line. `since_start` is the age of the kernel.
[[nodiscard]] std::vector<std::string> news(const Summary& before, const Summary& after, Milliseconds since_start);

}  // namespace rdm
