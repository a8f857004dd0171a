// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace rdm {

/// What somebody may have meant by `word`: at most three of the names, nearest first, each at most a third of the
/// word's length (at least one) insertions, deletions and replacements away, or a beginning of it or begun by it (four
/// letters or more). None for words beyond 128 characters.
[[nodiscard]] std::vector<std::string> nearest(std::string_view word, std::span<const std::string> names);

}  // namespace rdm
