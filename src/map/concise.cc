// SPDX-License-Identifier: GPL-2.0-or-later
#include "map/concise.h"

namespace rdm {

namespace {

std::string escaped(std::string_view text) {
    std::string safe;
    safe.reserve(text.size());
    for (char c : text) {
        if (c == ',' || c == ';' || c == '\\') safe += '\\';
        safe += c;
    }
    return safe;
}

std::string device(const DmAction& action) {
    std::string text = cat(escaped(action.name), ',', escaped(action.uuid), ",,", action.read_only ? "ro" : "rw");
    for (const auto& line : action.table)
        text += cat(',', line.start, ' ', line.sectors, ' ', escaped(line.type), ' ', escaped(line.params));
    return text;
}

}  // namespace

std::string concise(std::span<const DmAction> actions) {
    std::string text;
    for (const auto& action : actions) {
        if (action.kind != DmAction::Kind::create && action.kind != DmAction::Kind::reload) continue;
        text += cat(text.empty() ? "" : ";", device(action));
    }
    return text;
}

}  // namespace rdm
