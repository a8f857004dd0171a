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
    for (auto line : lines(database)) {
        if (line.size() < 3 || line[1] != ':') continue;
        auto value = line.substr(2);
        if (line[0] == 'E') take_pair(properties, value);
        if (line[0] == 'S') set_property(properties, "DEVLINKS", value);
        if (line[0] == 'Q') set_property(properties, "CURRENT_TAGS", value);
        if (line[0] == 'G') set_property(properties, "TAGS", value);
        if (line[0] == 'I') set_property(properties, "USEC_INITIALIZED", value);
    }
}

}  // namespace

std::string_view property(const UdevProperties& properties, std::string_view name) {
    auto found = place_of(properties, name);
    return found != properties.end() && found->name == name ? std::string_view(found->value) : "";
}

void set_property(UdevProperties& properties, std::string_view name, std::string_view value) {
    if (value.empty()) return;
    auto found = place_of(properties, name);
    if (found != properties.end() && found->name == name) {
        found->value = value;
        return;
    }
    properties.push_back({std::string(name), std::string(value)});
    for (auto last = properties.size() - 1; last > 0 && properties[last].name < properties[last - 1].name; --last) {
        std::swap(properties[last], properties[last - 1]);  // less code than insert()
    }
}

void import_property(UdevProperties& properties, std::string_view name, std::string_view value) {
    name = stripped(name);
    value = stripped(value);
    if (name.empty() || name[0] == '#' || name[0] == '.' || value.empty()) return;
    if (value[0] == '"' || value[0] == '\'') {
        if (value.size() == 1 || value.back() != value.front()) return;
        value = value.substr(1, value.size() - 2);
    }
    set_property(properties, name, value);
}

void import_properties(UdevProperties& properties, std::string_view printed) {
    while (!printed.empty()) {
        auto end = std::min(printed.find_first_of("\n\r"), printed.size());
        auto line = printed.substr(0, end);
        auto equals = line.find('=');
        if (equals < end) import_property(properties, line.substr(0, equals), line.substr(equals + 1));
        printed.remove_prefix(std::min(printed.size(), end + 1));
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
    auto properties = parse_udev_properties(*database, uevent, sys_path);
    if (!property(properties, "RDMPATH_FOREIGN").empty()) return std::nullopt;
    return properties;
}

}  // namespace rdm
