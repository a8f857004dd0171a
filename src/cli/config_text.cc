// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/config_text.h"

#include "base/text.h"
#include "config/value.h"

namespace rdm {

namespace {

std::string line(const Config& config, Keyword keyword, std::string_view value) {
    return cat(text(keyword), ' ', written(value_kind(config.generation, keyword), value), '\n');
}

/// The settings of one section, in the order of `multipath -t`.
std::string settings_text(const Config& config, const Section& section, SectionKind place, std::string_view indent) {
    std::string lines;
    for (auto keyword : keywords_of(place)) {
        auto* setting = section.find(keyword);
        auto value = setting || place != SectionKind::defaults ? std::string_view{}
                                                               : compiled_default(config.generation, keyword);
        // The compiled default of prio_args is an empty text, and shown.
        if (setting || !value.empty() || (place == SectionKind::defaults && keyword == Keyword::prio_args))
            lines += cat(indent, line(config, keyword, setting ? std::string_view(setting->value) : value));
    }
    return lines;
}

std::string entries_text(const Config& config, const std::vector<Section>& entries, SectionKind place,
                         std::string_view name) {
    std::string lines;
    for (const Section& entry : entries)
        lines += cat('\t', name, " {\n", settings_text(config, entry, place, "\t\t"), "\t}\n");
    return lines;
}

void add_listed(std::string& lines, std::string_view indent, std::string_view name, std::string_view pattern) {
    lines += cat(indent, name, ' ', written(ValueKind::text, pattern), '\n');
}

std::string blacklist_text(const Blacklist& list) {
    std::string lines;
    const struct {
        const char* name;
        const std::vector<Listed>& patterns;
    } kinds[] = {
        {"devnode", list.devnode}, {"wwid", list.wwid}, {"property", list.property}, {"protocol", list.protocol}};
    for (const auto& kind : kinds)
        for (const auto& one : kind.patterns) add_listed(lines, "\t", kind.name, one.pattern);
    for (const auto& one : list.device) {
        lines += "\tdevice {\n";
        if (!one.vendor.empty()) add_listed(lines, "\t\t", "vendor", one.vendor);
        if (!one.product.empty()) add_listed(lines, "\t\t", "product", one.product);
        lines += "\t}\n";
    }
    return lines;
}

std::string in_braces(std::string_view name, std::string_view lines) { return cat(name, " {\n", lines, "}\n"); }

}  // namespace

std::string config_text(const Config& config) {
    auto whole = in_braces("defaults", settings_text(config, config.defaults, SectionKind::defaults, "\t"));
    whole += in_braces("blacklist", blacklist_text(config.blacklist));
    whole += in_braces("blacklist_exceptions", blacklist_text(config.exceptions));
    whole += in_braces("devices", entries_text(config, config.devices, SectionKind::device, "device"));
    whole += in_braces("overrides", settings_text(config, config.overrides, SectionKind::overrides, "\t") +
                                        entries_text(config, config.protocols, SectionKind::protocol, "protocol"));
    if (!config.multipaths.empty())
        whole += in_braces("multipaths", entries_text(config, config.multipaths, SectionKind::multipath, "multipath"));
    return whole;
}

std::string hardware_text(const Config& config, const Hardware& hardware) {
    auto devices = matching_devices(config, hardware);
    std::string lines;
    for (const Section* entry : devices)
        lines += cat("# ", text(config, entry->source), ": ", safe(entry->value(Keyword::vendor)), ' ',
                     safe(entry->value(Keyword::product)), '\n');
    for (auto keyword : keywords_of(SectionKind::device)) {
        if (keyword <= Keyword::product_blacklist) continue;
        auto chosen = choose(config, keyword, {.devices = devices});
        if (!chosen.setting && chosen.value.empty()) continue;
        lines += line(config, keyword, chosen.value);
        lines.back() = ' ';
        lines += cat(" # ", chosen.setting ? text(config, chosen.setting->source) : "default", '\n');
    }
    return lines;
}

}  // namespace rdm
