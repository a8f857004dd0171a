// SPDX-License-Identifier: GPL-2.0-or-later
#include "config/read.h"

#include <algorithm>

#include "base/text.h"
#include "config/hwtable.h"
#include "config/merge.h"
#include "config/parser.h"

namespace rdm {

namespace {

using Severity = Problem::Severity;

/// Where Source cannot count further, the last file stands for the others too.
std::uint8_t add_name(Config& config, std::string_view name) {
    config.files.emplace_back(name);
    return static_cast<std::uint8_t>(std::min<std::size_t>(config.files.size() - 1, 255));
}

void take_file(Config& config, const Files& files, std::string_view name, ConfigRole role) {
    auto text = files.read(name);
    if (!text) {
        if (text.error().code() != ENOENT)
            config.problems.push_back(
                {role == ConfigRole::main ? Severity::error : Severity::mistake, text.error().what()});
        return;
    }
    config.has_main_file = config.has_main_file || role == ConfigRole::main;
    Merged before{.devices = config.devices.size(), .protocols = config.protocols.size()};
    parse_config(config, *text, add_name(config, name), role, files);
    merge_file(config, before);
}

/// The devices alone: the rest of what `multipath -t` prints is in the files that were copied with it.
std::vector<Section> table_of(Config& config, const Files& files) {
    constexpr std::string_view recorded = "/etc/rdmpath/multipath-t";
    auto text = files.read(recorded);
    if (!text) return hardware_table(config.generation);
    Config table;
    table.generation = config.generation;
    parse_config(table, *text, add_name(config, recorded), ConfigRole::addition, files);
    merge_file(table, {});
    return std::move(table.devices);
}

}  // namespace

Config read_config(const Files& files, Generation generation, std::string_view main_file, std::string_view directory) {
    Config config;
    config.generation = generation;
    config.devices = table_of(config, files);
    take_file(config, files, main_file, ConfigRole::main);
    auto names = files.list(directory);
    if (!names && names.error().code() != ENOENT) config.problems.push_back({Severity::mistake, names.error().what()});
    for (const auto& name : names.value_or(std::vector<std::string>{}))
        if (name.ends_with(".conf")) take_file(config, files, cat(directory, '/', name), ConfigRole::addition);
    settle_polling(config);
    auto native = files.read("/sys/module/nvme_core/parameters/multipath");
    add_default_blacklist(config, native && native->starts_with('Y'));
    merge_all(config);
    return config;
}

}  // namespace rdm
