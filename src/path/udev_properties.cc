// SPDX-License-Identifier: GPL-2.0-or-later
#include "path/udev_properties.h"

#include <algorithm>

#include "base/text.h"

namespace rdm {

namespace {

constexpr std::string_view white_space = " \t\n\r";

std::string_view stripped(std::string_view text) {
    auto from = text.find_first_not_of(white_space);
    if (from == std::string_view::npos) return {};
    return text.substr(from, text.find_last_not_of(white_space) + 1 - from);
}

auto place_of(auto& properties, std::string_view name) {
    return std::ranges::find_if(properties, [&](const UdevProperty& one) { return one.name >= name; });
}

/// "KEY=VALUE" as it stands in the database.
void take_pair(UdevProperties& properties, std::string_view line) {
    auto equals = line.find('=');
    if (equals == 0 || equals == std::string_view::npos) return;
    set_property(properties, line.substr(0, equals), line.substr(equals + 1));
}

void append(std::string& list, std::string_view separator, std::string_view word) {
    list += list.empty() && separator == " " ? "" : separator;
    list += word;
}

void take_uevent(UdevProperties& properties, std::string_view uevent) {
    for (auto line : lines(uevent)) {
        constexpr std::string_view name = "DEVNAME=";
        if (line.starts_with(name) && line.size() > name.size() && line[name.size()] != '/') {
            set_property(properties, "DEVNAME", cat("/dev/", line.substr(name.size())));
        } else {
            take_pair(properties, line);
        }
    }
}

void take_database(UdevProperties& properties, std::string_view database) {
    std::string links;
    std::string tags;
    std::string current_tags;
    for (auto line : lines(database)) {
        if (line.size() < 2 || line[1] != ':') continue;
        auto value = line.substr(2);
        switch (line[0]) {
            case 'E':
                take_pair(properties, value);
                break;
            case 'S':
                append(links, " ", cat("/dev/", value));
                break;
            case 'Q':
                append(current_tags, ":", value);
                break;
            case 'G':
                append(tags, ":", value);
                break;
            case 'I':
                set_property(properties, "USEC_INITIALIZED", value);
                break;
            default:
                break;
        }
    }
    set_property(properties, "DEVLINKS", links);
    if (!tags.empty()) set_property(properties, "TAGS", cat(tags, ':'));
    if (!current_tags.empty()) set_property(properties, "CURRENT_TAGS", cat(current_tags, ':'));
}

}  // namespace

std::string_view property(const UdevProperties& properties, std::string_view name) {
    auto found = place_of(properties, name);
    return found != properties.end() && found->name == name ? std::string_view(found->value) : "";
}

void set_property(UdevProperties& properties, std::string_view name, std::string_view value) {
    if (value.empty()) return;
    auto found = place_of(properties, name);
    if (found == properties.end() || found->name != name) {
        found = properties.insert(found, UdevProperty{std::string(name), {}});
    }
    found->value = value;
}

void import_properties(UdevProperties& properties, std::string_view printed) {
    while (!printed.empty()) {
        auto end = std::min(printed.find_first_of("\n\r"), printed.size());
        auto line = stripped(printed.substr(0, end));
        printed.remove_prefix(std::min(printed.size(), end + 1));
        auto equals = line.find('=');
        if (line.starts_with('#') || equals == std::string_view::npos) continue;
        auto name = stripped(line.substr(0, equals));
        auto value = stripped(line.substr(equals + 1));
        if (value.starts_with('"') || value.starts_with('\'')) {
            if (value.size() == 1 || value.back() != value.front()) continue;
            value = value.substr(1, value.size() - 2);
        }
        if (!name.empty() && name[0] != '.') set_property(properties, name, value);
    }
}

UdevProperties parse_udev_properties(std::string_view database, std::string_view uevent, std::string_view sys_path) {
    UdevProperties properties;
    set_property(properties, "DEVPATH", cat('/', sys_path));
    set_property(properties, "SUBSYSTEM", "block");
    take_uevent(properties, uevent);
    take_database(properties, database);
    return properties;
}

std::optional<UdevProperties> read_udev_properties(const Files& files, const Sysfs& sysfs, DevNo dev,
                                                   std::string_view sys_path) {
    auto database = files.read(cat("/run/udev/data/b", text(dev)));
    if (!database) return std::nullopt;
    auto uevent = sysfs.read(cat(sys_path, "/uevent")).value_or("");
    return parse_udev_properties(*database, uevent, sys_path);
}

}  // namespace rdm
