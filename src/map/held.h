// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/dm.h"
#include "map/members.h"

namespace rdm {

/// A multipath map that device-mapper has, and what its table holds. Lends.
struct Held {
    const DmMap* map = nullptr;
    DevIndex devices;                   ///< each with its group's place
    std::vector<std::string> features;  ///< words, without their count
    bool without_handler = false;       ///< its table names none

    [[nodiscard]] bool queues() const;        ///< I/O waits when no path is left
    [[nodiscard]] bool works_by_bio() const;  ///< queue_mode bio; otherwise by request
};
using HeldMaps = std::map<std::string_view, Held>;  // by WWID

/// udev escapes bytes in a WWID, "\x28", as libdevmapper does in names and uuids; but that takes udev's for its own and
/// gives them back without. Gives the maps of these paths the WWIDs' spelling, uuids of partitions too: else nobody
/// would know them again, as multipathd doesn't. Source: libdm/ioctl/libdm-iface.c, mangle_string(), and
/// lib/sg_inq.c of sg3_utils, --export.
void spell_as_paths(std::span<DmMap> present, std::span<const Path> paths);

/// A table that is no single multipath target, or odd, holds nothing that we know of; plan() says so.
[[nodiscard]] HeldMaps held_maps(std::span<const DmMap> present);

}  // namespace rdm
