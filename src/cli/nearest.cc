// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/nearest.h"

#include <algorithm>
#include <numeric>
#include <tuple>

#include "base/sort.h"

namespace rdm {

namespace {

constexpr std::size_t most_names = 3;
constexpr std::size_t longest = 128;
constexpr std::size_t least_prefix = 4;

// Levenshtein's distance, one row of the matrix at a time.
std::size_t distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 0; i < a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i + 1;
        for (std::size_t j = 0; j < b.size(); ++j) {
            std::size_t replaced = diagonal + (a[i] == b[j] ? 0 : 1);
            diagonal = row[j + 1];
            row[j + 1] = std::min(replaced, std::min(diagonal, row[j]) + 1);
        }
    }
    return row[b.size()];
}

bool one_begins_the_other(std::string_view a, std::string_view b) {
    return std::min(a.size(), b.size()) >= least_prefix && (a.starts_with(b) || b.starts_with(a));
}

}  // namespace

std::vector<std::string> nearest(std::string_view word, std::span<const std::string> names) {
    if (word.size() > longest) return {};
    std::vector<std::tuple<std::size_t, std::string>> found;
    for (auto& name : names) {
        if (name.empty() || name.size() > longest) continue;
        auto steps = distance(word, name);
        if (steps <= std::max<std::size_t>(1, word.size() / 3) || one_begins_the_other(word, name))
            found.emplace_back(steps, name);
    }
    sort_by(found);
    std::vector<std::string> names_only;
    for (auto& [steps, name] : found)
        if (names_only.size() < most_names && (names_only.empty() || names_only.back() != name))
            names_only.push_back(std::move(name));
    return names_only;
}

}  // namespace rdm
