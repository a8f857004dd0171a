// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/facts.h"

#include <algorithm>

#include "base/text.h"

namespace rdm {

std::string facts_text(const std::vector<Fact>& facts) {
    std::size_t labels = 0;
    std::size_t values = 0;
    for (auto& fact : facts) {
        labels = std::max(labels, fact.label.size());
        if (!fact.source.empty()) values = std::max(values, fact.value.size());
    }
    std::string out;
    for (auto& fact : facts) {
        auto gap = [](std::size_t width, const std::string& text) { return std::string(width - text.size() + 2, ' '); };
        out += cat("  ", fact.label, gap(labels, fact.label), fact.value);
        if (!fact.source.empty()) out += gap(values, fact.value) + fact.source;
        out += '\n';
    }
    return out;
}

}  // namespace rdm
