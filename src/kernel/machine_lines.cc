// SPDX-License-Identifier: GPL-2.0-or-later
#include "kernel/machine_lines.h"

#include <algorithm>

#include "kernel/machine_value.h"

namespace rdm {

std::string_view MachineLines::take() {
    auto line = rest_.substr(0, rest_.find('\n'));
    rest_.remove_prefix(std::min(line.size() + 1, rest_.size()));
    ++taken_;
    return line;
}

bool MachineLines::next() {
    line_.clear();
    while (!rest_.empty()) {
        const bool continues = rest_.starts_with(' ') || rest_.starts_with('\t');
        auto line = trim(rest_.substr(0, rest_.find('\n')));
        const bool skipped = line.empty() || line.starts_with('#');
        const bool begins = !skipped && (!continues || line_.starts_with('|'));
        if (!line_.empty() && begins) return true;
        auto raw = take();
        if (skipped) continue;
        if (!line_.empty()) {
            line_ += ' ';
        } else {
            number_ = taken_;
        }
        if (raw.starts_with('|')) {
            line_ = raw.ends_with('\r') ? raw.substr(0, raw.size() - 1) : raw;
            return true;
        }
        line_ += line;
    }
    return !line_.empty();
}

std::optional<std::string_view> verbatim(std::string_view line) {
    if (!line.starts_with('|')) return std::nullopt;
    return line.substr(line.starts_with("| ") ? 2 : 1);
}

bool machine_section(std::string_view line, std::string& kind, std::string& name) {
    if (!line.starts_with('[') || !line.ends_with(']')) return false;
    line = line.substr(1, line.size() - 2);
    kind = take_word(line);
    name = unescape(line);
    return true;
}

}  // namespace rdm
