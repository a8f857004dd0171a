// SPDX-License-Identifier: GPL-2.0-or-later
#include "config/blacklist.h"

#include <algorithm>

#include "base/text.h"
#include "kernel/pattern.h"

namespace rdm {

namespace {

Verdict verdict(const Config& config, Verdict::Kind kind, const std::string& entry, const Source& source) {
    auto list = kind == Verdict::Kind::excepted ? " in blacklist_exceptions: " : " in blacklist: ";
    return {kind, cat(entry, list, text(config, source))};
}

/// Where in `texts` a list strikes first, and with which entry.
struct Hit {
    std::size_t at;
    const Listed* entry = nullptr;
};

Hit first_hit(const std::vector<Listed>& list, std::span<const std::string> texts) {
    Hit hit{texts.size()};
    for (const Listed& entry : list) {
        auto at = first_listed(entry.pattern, texts.first(hit.at));
        if (at < hit.at) hit = {at, &entry};
    }
    return hit;
}

Verdict judge(const Config& config, std::string_view type, std::vector<Listed> Blacklist::* list,
              std::span<const std::string> texts) {
    auto hit = first_hit(config.exceptions.*list, texts);
    auto kind = Verdict::Kind::excepted;
    if (auto black = first_hit(config.blacklist.*list, texts); black.at < hit.at) {
        hit = black;
        kind = Verdict::Kind::blacklisted;
    }
    if (!hit.entry) return {};
    return verdict(config, kind, cat(type, " \"", safe(hit.entry->pattern), '"'), hit.entry->source);
}

Verdict judge_one(const Config& config, std::string_view type, std::vector<Listed> Blacklist::* list,
                  const std::string& text) {
    return judge(config, type, list, {&text, 1});
}

}  // namespace

Verdict judge_devnode(const Config& config, const std::string& name) {
    return judge_one(config, "devnode", &Blacklist::devnode, name);
}

Verdict judge_property(const Config& config, std::span<const std::string> names, std::string_view uid_attribute) {
    auto found = judge(config, "property", &Blacklist::property, names);
    if (found.kind == Verdict::Kind::undecided && !uid_attribute.empty() &&
        std::ranges::find(names, uid_attribute) != names.end())
        return {Verdict::Kind::blacklisted, "udev property missing"};
    return found;
}

Verdict judge_device(const Config& config, const std::string& vendor, const std::string& product) {
    for (auto kind : {Verdict::Kind::excepted, Verdict::Kind::blacklisted}) {
        const auto& lists = kind == Verdict::Kind::excepted ? config.exceptions : config.blacklist;
        for (const ListedDevice& one : lists.device) {
            if ((one.vendor.empty() || is_listed(one.vendor, vendor)) &&
                (one.product.empty() || is_listed(one.product, product)))
                return verdict(config, kind, cat("device \"", safe(one.vendor), "\" \"", safe(one.product), '"'),
                               one.source);
        }
    }
    return {};
}

Verdict judge_protocol(const Config& config, const std::string& protocol) {
    return judge_one(config, "protocol", &Blacklist::protocol, protocol);
}

Verdict judge_wwid(const Config& config, const std::string& wwid) {
    return judge_one(config, "wwid", &Blacklist::wwid, wwid);
}

}  // namespace rdm
