// SPDX-License-Identifier: GPL-2.0-or-later
#include "config/config.h"

#include <algorithm>

#include "base/text.h"
#include "config/hwtable.h"

namespace rdm {

const Setting* Section::find(Keyword keyword) const {
    auto found = std::ranges::lower_bound(settings, keyword, {}, &Setting::keyword);
    return found == settings.end() || found->keyword != keyword ? nullptr : &*found;
}

std::string_view Section::value(Keyword keyword) const {
    const Setting* found = find(keyword);
    return found ? std::string_view(found->value) : std::string_view{};
}

void Section::set(Keyword keyword, std::string&& value, Source from) {
    unset(keyword);
    settings.push_back({keyword, std::move(value), from});
    for (auto at = settings.size() - 1; at > 0 && settings[at].keyword < settings[at - 1].keyword; --at)
        std::swap(settings[at], settings[at - 1]);  // less code than insert()
}

void Section::unset(Keyword keyword) {
    if (const Setting* found = find(keyword)) settings.erase(settings.begin() + (found - settings.data()));
}

std::string text(const Config& config, const Source& source) {
    switch (source.kind) {
        case Source::Kind::compiled:
            break;
        case Source::Kind::table:  // config.devices may have lost the row to one of a file
            return cat("hardware table ", text(config.generation), ", ", safe(hardware_row_name(source.line)));
        case Source::Kind::file:
            if (source.file < config.files.size()) return cat(safe(config.files[source.file]), ':', source.line);
            break;
    }
    return "default";
}

}  // namespace rdm
