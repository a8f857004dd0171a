// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/columns.h"

#include <algorithm>

#include "base/text.h"

namespace rdm {

namespace {

constexpr std::size_t most_columns = 8;

std::string_view take_cell(std::string_view& row) {
    auto cell = row.substr(0, row.find('\t'));
    row.remove_prefix(std::min(cell.size() + 1, row.size()));
    return cell;
}

}  // namespace

std::string columns(std::string_view rows, std::string_view indent, LastCell last) {
    std::size_t widths[most_columns] = {};
    const auto all = lines(rows);
    for (auto row : all) {
        for (std::size_t i = 0; i < most_columns && !row.empty(); ++i) {
            auto cell = take_cell(row);
            if (last == LastCell::counts || !row.empty()) widths[i] = std::max(widths[i], cell.size());
        }
    }
    std::string out;
    for (auto row : all) {
        auto start = out.size() + indent.size();
        out += indent;
        for (std::size_t i = 0; i < most_columns && !row.empty(); ++i) {
            auto cell = take_cell(row);
            if (!cell.empty()) {
                out.resize(start, ' ');
                out += cell;
            }
            if (widths[i] > 0) start += widths[i] + 2;
        }
        out += '\n';
    }
    return out;
}

}  // namespace rdm
