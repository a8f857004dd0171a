// SPDX-License-Identifier: GPL-2.0-or-later
#include "config/host.h"

#include <algorithm>
#include <optional>

#include "base/text.h"
#include "config/record.h"

namespace rdm {

namespace {

struct RulesFile {
    std::string path;
    std::string text;
};

/// The first one that has a file of some name wins.
constexpr const char* rules_directories[] = {"/etc", "/run", "/usr/local/lib", "/usr/lib", "/lib"};

/// The rules that udev takes by this name; no text: none.
RulesFile rules_named(const Files& files, std::string_view name) {
    for (auto directory : rules_directories) {
        auto path = cat(directory, "/udev/rules.d/", name);
        auto text = files.read(path);
        if (text) return {path, std::move(*text)};
    }
    return {};
}

bool has_program(const Files& files, std::string_view name) {
    for (auto directory : {"/usr/lib/udev", "/lib/udev"}) {
        auto names = files.names(directory);
        if (std::ranges::find(names, name) != names.end()) return true;
    }
    return false;
}

constexpr std::string_view sources = ".SCSI_ID_SERIAL_SRC";

/// Somebody allows more than T10 texts: NAA 3 (L), vendor specific ones (V), serial numbers (S).
bool allows_more(std::string_view rules) {
    bool more = false;
    for (auto line : lines(rules)) {
        auto at = line.find(cat(sources, "}=\""));
        if (trim(line).starts_with('#') || at == std::string_view::npos) continue;
        auto value = line.substr(at + sources.size() + 3);
        more = value.substr(0, value.find('"')).find_first_of("LVS") != std::string_view::npos;
    }
    return more;
}

void look_at_rules(Host& host, const Files& files) {
    auto sg3 = rules_named(files, "55-scsi-sg3_id.rules");
    auto storage = rules_named(files, "60-persistent-storage.rules");
    if (!sg3.text.empty()) {
        bool all = !sg3.text.contains(sources) || allows_more(rules_named(files, "00-scsi-sg3_config.rules").text);
        host.flavour = all ? WwidFlavour::sg3 : WwidFlavour::sg3_t10;
        host.flavour_from = sg3.path;
    } else if (!storage.text.empty() && has_program(files, "scsi_id")) {
        host.flavour = WwidFlavour::scsi_id;
        host.flavour_from = storage.path;
    } else {
        host.flavour_from = "no udev rules for it";
    }
}

}  // namespace

Host host_of(const Files& files, const CommandLine& line) {
    Host host;
    const auto record = files.text(record_file);
    auto generation = generation_named(recorded(record, "multipath-tools"));
    host.generation_from = line.like ? "rd.mpath.like=" : generation ? record_file : "nothing recorded";
    host.generation = line.like ? *line.like : generation.value_or(host.generation);
    if (auto flavour = flavour_named(recorded(record, "wwid-from"))) {
        host.flavour = *flavour;
        host.flavour_from = record_file;
    } else if (!line.wwid_from) {
        look_at_rules(host, files);
    }
    if (line.wwid_from) {
        host.flavour = *line.wwid_from;
        host.flavour_from = "rd.mpath.wwid_from=";
    }
    return host;
}

std::string kpartx_delimiter(const Files& files) {
    constexpr std::string_view option = " -p ";
    for (auto directory : rules_directories) {
        for (const auto& name : files.names(cat(directory, "/udev/rules.d"))) {
            if (!name.contains("kpartx") || !name.ends_with(".rules")) continue;
            const auto rules = rules_named(files, name);
            const auto at = rules.text.find(option);
            if (at == std::string::npos) continue;
            auto rest = std::string_view(rules.text).substr(at + option.size());
            return std::string(rest.substr(0, rest.find_first_of(" \"\n")));
        }
    }
    return "-part";
}

}  // namespace rdm
