// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <string>
#include <string_view>

namespace rdm {

/// What a row's last cell does if it is longer than others of its column: move the next column of every row, or
/// nothing.
enum class LastCell { counts, sticks_out };

/// Rows of cells as aligned lines behind an indent: cells of one column start at the same place, two blanks between
/// columns. A column that is empty in every row is left out; no blanks at a line's end. A row is its cells with a tab
/// between two and ends with a newline, so all text in it is safe to print; rows may have fewer cells than others, none
/// more than eight.
[[nodiscard]] std::string columns(std::string_view rows, std::string_view indent = "",
                                  LastCell last = LastCell::counts);

/// Lines of an explanation, "state     up    TUR good after 0.3 ms": a label, a value, and where the answer came from
/// (may be empty), behind the longest value that has one.
[[nodiscard]] inline std::string facts_text(std::string_view facts) {
    return columns(facts, "  ", LastCell::sticks_out);
}

}  // namespace rdm
