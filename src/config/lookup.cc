// SPDX-License-Identifier: GPL-2.0-or-later
#include "config/lookup.h"

#include <algorithm>

#include "base/text.h"
#include "kernel/pattern.h"

namespace rdm {

namespace {

bool fits(const Section& entry, Keyword keyword, std::optional<std::string_view> text) {
    const Setting* pattern = entry.find(keyword);
    return !pattern || !text || is_found(pattern->value, std::string(*text));
}

const Section* entry_with(const std::vector<Section>& entries, Keyword keyword, std::string_view value) {
    for (const Section& one : entries)
        if (one.value(keyword) == value) return &one;
    return nullptr;
}

}  // namespace

std::optional<long long> Chosen::number() const { return rdm::number<long long>(value); }

std::vector<const Section*> matching_devices(const Config& config, const Hardware& hardware) {
    std::vector<const Section*> found;
    for (const Section& entry : config.devices) {
        if (fits(entry, Keyword::vendor, hardware.vendor) && fits(entry, Keyword::product, hardware.product) &&
            fits(entry, Keyword::revision, hardware.revision))
            found.push_back(&entry);
    }
    std::ranges::reverse(found);
    return found;
}

Chosen choose(const Config& config, Keyword keyword, const Scope& scope) {
    // A section that may not hold the keyword never does: the parser saw to that.
    auto in = [keyword](const Section* section) { return section ? section->find(keyword) : nullptr; };
    const Setting* found = in(scope.multipath);
    if (!found) found = in(scope.protocol);
    if (!found) found = in(&config.overrides);
    for (const Section* entry : scope.devices)
        if (!found) found = in(entry);
    if (!found) found = in(&config.defaults);
    if (found) return {.value = found->value, .setting = found};
    return {.value = compiled_default(config.generation, keyword)};
}

std::string text(const Config& config, Keyword keyword, const Chosen& chosen) {
    auto from = chosen.setting ? text(config, chosen.setting->source) : std::string("default");
    return cat(text(keyword), ' ', safe(chosen.value), ": ", from);
}

const Section* multipath_entry(const Config& config, std::string_view wwid) {
    return entry_with(config.multipaths, Keyword::wwid, wwid);
}

const Section* protocol_entry(const Config& config, std::string_view type) {
    return entry_with(config.protocols, Keyword::type, type);
}

}  // namespace rdm
