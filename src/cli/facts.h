// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace rdm {

/// One line of an explanation: "state     up    TUR good after 0.3 ms". All text is safe to print.
struct Fact {
    std::string label;
    std::string value;
    std::string source;  ///< where the answer came from; may be empty
};

/// One line each, indented by two; values aligned, and sources behind the longest value that has one.
[[nodiscard]] std::string facts_text(const std::vector<Fact>& facts);

}  // namespace rdm
