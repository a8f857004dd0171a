// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "config/config.h"

namespace rdm {

/// The device entries that multipath-tools of this generation has built in, in its order; each Source is a row here.
/// Source: `multipath -t` of 0.9.4 and 0.11.1, libmultipath/hwtable.c of 0.14.3.
[[nodiscard]] std::vector<Section> hardware_table(Generation generation);

/// What that is made of: one line an entry, in the order of multipath-tools, because of two entries that match the
/// later one wins, and because people compare it with `multipath -t`. In multipath.conf's syntax, with these words:
///
///     91-           the generations that have the entry: 0.9 and 0.11, not 0.14 (the last digit of each)
///     vendor product
///     multibus      path_grouping_policy multibus
///     serial        path_grouping_policy group_by_serial
///     by_prio       path_grouping_policy group_by_prio
///     tpgs          by_prio failback immediate
///     alua          tpgs prio alua
///     alua+         alua handler alua
///     rdac          tpgs, rdac for prio, path_checker and handler, and what all of these have in common
///     retry N       no_path_retry N
///     group POLICY  path_grouping_policy POLICY
///     handler NAME  hardware_handler "1 NAME" in 0.9; later ones have no handlers in their table
///     KEYWORD VALUE
///
/// What multipath-tools writes in its table without any effect is not here. To add an array: a line in hwtable.cc.
[[nodiscard]] std::string hardware_rows();

/// Vendor and product of the row in that line of hardware_rows(), without reading the others; "": there is none.
[[nodiscard]] std::string hardware_row_name(std::uint32_t line);

}  // namespace rdm
