// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/columns.h"

#include <algorithm>

namespace rdm {

std::vector<std::string> columns(const std::vector<std::vector<std::string>>& rows) {
    std::vector<std::size_t> widths;
    for (auto& row : rows) {
        widths.resize(std::max(widths.size(), row.size()));
        for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], row[i].size());
    }
    std::vector<std::string> lines;
    for (auto& row : rows) {
        std::string line;
        std::size_t start = 0;
        for (std::size_t i = 0; i < row.size(); ++i) {
            if (widths[i] == 0) continue;
            if (!row[i].empty()) {
                line.resize(start, ' ');
                line += row[i];
            }
            start += widths[i] + 2;
        }
        lines.push_back(std::move(line));
    }
    return lines;
}

}  // namespace rdm
