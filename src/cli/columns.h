// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <string>
#include <vector>

namespace rdm {

/// Rows of cells as lines without newline: cells of one column start at the same place, two blanks between columns. A
/// column that is empty in every row is left out; no blanks at a line's end. Rows may have fewer cells than others.
[[nodiscard]] std::vector<std::string> columns(const std::vector<std::vector<std::string>>& rows);

}  // namespace rdm
