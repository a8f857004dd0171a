// SPDX-License-Identifier: GPL-2.0-or-later
#include "config/bindings.h"

#include "base/text.h"

namespace rdm {

Bindings parse_bindings(std::string_view text, std::string_view file) {
    Bindings found;
    (void)file;
    for (auto line : lines(text)) {
        auto parts = words(line.substr(0, line.find('#')));
        if (parts.size() >= 2) found.lines.push_back({std::string(parts[0]), std::string(parts[1])});
    }
    return found;
}

std::set<std::string, std::less<>> parse_wwids(std::string_view text) {
    std::set<std::string, std::less<>> found;
    for (auto line : lines(text)) {
        if (!line.starts_with('/')) continue;
        auto rest = line.substr(1);
        found.emplace(rest.substr(0, rest.find('/')));
    }
    return found;
}

}  // namespace rdm
