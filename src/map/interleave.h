// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <vector>

#include "map/map.h"

namespace rdm {

/// The order in which a group's members stand in the table. With the round-robin selector and more than two paths, all
/// over FC, SAS or SRP, host adapters take turns and, within an adapter, its hosts; otherwise as they are. An adapter
/// is the PCI bridge above the host in `sys_path`: multipath-tools takes the nearest parent with the driver pcieport.
/// iSCSI is left as it is (it would take the hosts' IP addresses): the order within a group is never a reason for a
/// reload. Source: decisions.md 8, libmultipath/configure.c rr_optimize_path_order().
[[nodiscard]] std::vector<std::size_t> table_order(const Map& map, const std::vector<std::size_t>& members);

}  // namespace rdm
