// SPDX-License-Identifier: GPL-2.0-or-later
#include "config/merge.h"

#include <algorithm>

#include "base/sort.h"
#include "base/text.h"
#include "config/features.h"

namespace rdm {

namespace {

using Severity = Problem::Severity;

constexpr Keyword hardware[] = {Keyword::vendor, Keyword::product, Keyword::revision};
constexpr Keyword protocol_type[] = {Keyword::type};
constexpr Keyword map_wwid[] = {Keyword::wwid};
constexpr Keyword owners[] = {Keyword::mode, Keyword::uid, Keyword::gid};

void report(Config& config, Severity severity, const Source& source, std::string_view what) {
    config.problems.push_back({severity, cat(text(config, source), ": ", what)});
}

bool same(const Section& one, const Section& other, std::span<const Keyword> identity) {
    return std::ranges::all_of(identity, [&](Keyword keyword) {
        const Setting* a = one.find(keyword);
        const Setting* b = other.find(keyword);
        return a && b ? a->value == b->value : a == b;
    });
}

bool is_owner(Keyword keyword) { return std::ranges::find(owners, keyword) != std::end(owners); }

bool is_zero(const Setting& owner) { return owner.value.find_first_not_of('0') == std::string::npos; }

/// A mode, uid or gid of 0 is no better than none: one that an older entry for the same map set stands, even where that
/// one would not be handed down. Source: libmultipath/config.c, merge_mpe().
void replace_zeros(std::vector<Section>& maps) {
    for (std::size_t i = 0; i < maps.size(); ++i) {
        for (auto keyword : owners) {
            const Setting* own = maps[i].find(keyword);
            if (!own || !is_zero(*own)) continue;
            for (std::size_t j = i; j-- > 0;) {
                const Setting* old = maps[j].find(keyword);
                if (!old || is_zero(*old) || !same(maps[i], maps[j], map_wwid)) continue;
                maps[i].set(keyword, std::string(old->value), old->source);
                break;
            }
        }
    }
}

/// Mode, uid and gid are handed down together, where none is set.
void inherit_owners(Section& entry, const Section& older) {
    if (std::ranges::any_of(owners, [&](Keyword keyword) { return entry.find(keyword); })) return;
    for (auto keyword : owners)
        if (const Setting* old = older.find(keyword)) entry.set(keyword, std::string(old->value), old->source);
}

void inherit(Section& entry, const Section& older) {
    inherit_owners(entry, older);
    for (const Setting& old : older.settings)
        if (!old.value.empty() && !is_owner(old.keyword) && !entry.find(old.keyword))
            entry.set(old.keyword, std::string(old.value), old.source);
}

/// Entries from `first` on absorb older ones that are for the same; those that are for nothing go.
void absorb(Config& config, std::vector<Section>& entries, std::size_t first, std::span<const Keyword> identity,
            std::size_t needed) {
    for (std::size_t i = first; i < entries.size(); ++i) {
        Section& entry = entries[i];
        if (!std::ranges::all_of(identity.first(needed), [&](Keyword keyword) { return entry.find(keyword); })) {
            report(
                config, Severity::mistake, entry.source,
                cat(text(identity.front()), needed > 1 ? " and product" : "", ": expected in this section; ignored"));
            entry.settings.clear();
        }
        if (entry.settings.empty()) continue;
        for (std::size_t j = 0; j < i; ++j) {
            Section& older = entries[j];
            if (older.settings.empty() || !same(entry, older, identity)) continue;
            if (older.source.kind == Source::Kind::file && older.source.file == entry.source.file)
                report(config, Severity::warning, entry.source,
                       cat(safe(entry.value(identity.front())), ": has a section before, in ",
                           text(config, older.source), "; what that sets and this does not counts too"));
            inherit(entry, older);
            if (identity.size() > 1) reconcile_features(entry);
            older.settings.clear();
        }
    }
    std::erase_if(entries, [](const Section& entry) { return entry.settings.empty(); });
}

void settle_aliases(Config& config) {
    auto& maps = config.multipaths;
    for (std::size_t i = 0; i < maps.size(); ++i) {
        const Setting* alias = maps[i].find(Keyword::alias);
        if (!alias) continue;
        for (std::size_t j = 0; j < i; ++j) {
            const Setting* other = maps[j].find(Keyword::alias);
            if (!other || other->value != alias->value) continue;
            report(config, Severity::mistake, alias->source,
                   cat("alias: ", safe(alias->value), " is the alias of ", safe(maps[j].value(Keyword::wwid)), " in ",
                       text(config, other->source), "; ignored"));
            maps[i].unset(Keyword::alias);
            break;
        }
    }
}

/// Whether multipathd since 0.11 divides by the interval though it is 0, or doubles it for ever.
/// Source: libmultipath/config.c, init_config__(), adjust_int.
bool is_endless(unsigned interval, unsigned most) {
    if (interval == 0) return true;
    if (most % interval == 0) return false;
    for (int i = 0; i < 32; ++i, interval *= 2)
        if (interval * 2 >= most) return false;
    return true;
}

unsigned limit_of(const Config& config) {
    return number<unsigned>(config.defaults.value(Keyword::max_polling_interval)).value_or(0);
}

void drop_repeated(std::vector<Listed>& entries) {
    std::size_t kept = 0;
    for (std::size_t i = 0; i < entries.size(); ++i) {
        auto first = entries.begin();
        auto is_same = [&](const Listed& one) { return one.pattern == entries[i].pattern; };
        if (std::any_of(first, first + static_cast<std::ptrdiff_t>(kept), is_same)) continue;
        if (kept != i) entries[kept] = std::move(entries[i]);
        ++kept;
    }
    while (entries.size() > kept) entries.pop_back();  // less code than resize()
}

bool is_for_same(const ListedDevice& one, const ListedDevice& other) {
    return one.vendor == other.vendor && one.product == other.product;
}

void drop_repeated(std::vector<ListedDevice>& entries) {
    for (auto& entry : entries) {
        const bool is_first = std::ranges::none_of(std::span(entries.data(), &entry),
                                                   [&](const ListedDevice& one) { return is_for_same(one, entry); });
        if (!is_first) entry.vendor = entry.product = "";
    }
    std::erase_if(entries, [](const ListedDevice& one) { return one.vendor.empty() && one.product.empty(); });
}

/// Protocols may stand there twice, as far as multipath-tools is concerned.
void drop_repeated(Blacklist& list) {
    drop_repeated(list.devnode);
    drop_repeated(list.wwid);
    drop_repeated(list.property);
    drop_repeated(list.device);
}

}  // namespace

void merge_file(Config& config, Merged before) {
    absorb(config, config.devices, before.devices, hardware, 2);
    // Types are merged in the end.
    auto& protocols = config.protocols;
    for (std::size_t i = before.protocols; i < protocols.size(); ++i)
        if (!protocols[i].find(Keyword::type))
            report(config, Severity::mistake, protocols[i].source, "type: expected in this section; ignored");
    std::erase_if(protocols, [](const Section& one) { return !one.find(Keyword::type); });
}

void merge_all(Config& config) {
    absorb(config, config.protocols, 0, protocol_type, 1);
    replace_zeros(config.multipaths);
    absorb(config, config.multipaths, 0, map_wwid, 1);
    sort_by(config.multipaths, {}, [](const Section& map) { return map.value(Keyword::wwid); });
    settle_aliases(config);
    drop_repeated(config.blacklist);
    drop_repeated(config.exceptions);
}

void settle_polling(Config& config) {
    constexpr unsigned long long unlimited = ~0U;
    auto set = [&](Keyword keyword, unsigned long long value, Source source) {
        config.defaults.set(keyword, cat(value), source);
    };
    const Setting* interval = config.defaults.find(Keyword::polling_interval);
    const Setting* limit = config.defaults.find(Keyword::max_polling_interval);
    // 0 is no limit, and the largest number is no interval.
    auto most = limit ? number<unsigned>(limit->value).value_or(0) : 0;
    if (!interval) {
        if (most != 0) set(Keyword::polling_interval, most >= 4 ? most / 4 : 1, limit->source);
        if (limit && most == 0) config.defaults.unset(Keyword::max_polling_interval);
        return;
    }
    const auto from = interval->source;
    unsigned long long seconds = std::min(number<unsigned>(interval->value).value_or(0), ~0U - 1);
    if (most == 0)
        set(Keyword::max_polling_interval, seconds < unlimited / 4 ? seconds * 4 : unlimited, from);
    else
        seconds = std::min<unsigned long long>(seconds, most);
    set(Keyword::polling_interval, seconds, from);
    if (config.generation != Generation::v0_9 && !is_endless(static_cast<unsigned>(seconds), limit_of(config))) return;
    if (seconds == 0 || config.generation != Generation::v0_9)
        report(config, config.generation == Generation::v0_9 ? Severity::mistake : Severity::error, from,
               "polling_interval: a number above 0 was expected, and none near the largest");
}

}  // namespace rdm
