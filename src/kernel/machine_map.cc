// SPDX-License-Identifier: GPL-2.0-or-later
#include "kernel/machine_map.h"

#include <cerrno>

#include "kernel/machine_value.h"

namespace rdm {

namespace {

bool take_target(DmMap& map, std::string_view value) {
    auto start = number<std::uint64_t>(take_word(value));
    auto sectors = number<std::uint64_t>(take_word(value));
    auto type = take_word(value);
    if (!start || !sectors || type.empty()) return false;
    map.table.push_back({*start, *sectors, std::string(type), std::string(value)});
    return true;
}

bool take_line(DmMap& map, std::string_view key, std::string_view value) {
    if (key == "table") return take_target(map, value);
    if (key == "status") {
        map.status = value;
    } else if (key == "uuid") {
        map.uuid = unescape(value);
    } else if (key == "dev") {
        map.dev = devno(value).value_or(DevNo{});
    } else if (key == "open") {
        map.open_count = number<std::uint16_t>(value).value_or(0);
    } else if ((key == "suspended" || key == "read-only") && (value == "yes" || value == "no")) {
        (key == "suspended" ? map.suspended : map.read_only) = value == "yes";
    } else {
        return false;
    }
    return true;
}

}  // namespace

Result<DmMap> machine_map(std::string_view name, std::string_view text) {
    DmMap map;
    map.name = name;
    for (auto line : lines(text)) {
        auto [key, value] = key_value(line);
        if (!take_line(map, key, value)) return fail(EINVAL, "a map has no \"", safe(line), "\"");
    }
    if (map.dev == DevNo{}) return fail(EINVAL, "it has no \"dev\"");
    return map;
}

std::string machine_map_lines(const DmMap& map) {
    auto out =
        cat("uuid = ", machine_name_text(map.uuid), "\ndev = ", text(map.dev), "\nopen = ", map.open_count, '\n');
    if (map.suspended) out += "suspended = yes\n";
    if (map.read_only) out += "read-only = yes\n";
    for (const auto& target : map.table)
        out += cat("table = ", target.start, ' ', target.sectors, ' ', target.type, ' ', target.params, '\n');
    return map.status.empty() ? out : cat(out, "status = ", map.status, '\n');
}

}  // namespace rdm
