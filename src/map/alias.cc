// SPDX-License-Identifier: GPL-2.0-or-later
#include "map/alias.h"

#include <algorithm>
#include <optional>
#include <set>

#include "base/sort.h"
#include "base/text.h"
#include "map/values.h"

namespace rdm {

namespace {

struct Name {
    std::string text;
    std::string why;
};

class Namer {
public:
    Namer(const Rules& rules, const HeldMaps& held) : rules_(rules), held_(held) {
        for (const auto& [wwid, one] : held) taken_.insert(one.map->name);
    }

    void name(Map& map) {
        auto held = held_.find(map.wwid);
        const std::string* present = held == held_.end() ? nullptr : &held->second.map->name;
        auto wanted = wanted_name(map, present ? *present : "");
        if (wanted.text != map.wwid && (!present || wanted.text != *present) && taken_.contains(wanted.text))
            wanted = {map.wwid, cat(safe(wanted.text), " is another map's name; ", wanted.why)};
        map.name = present ? *present : wanted.text;
        taken_.insert(map.name);
        if (map.name != wanted.text)
            wanted.why = cat("as the map has it; multipathd will name it ", safe(wanted.text), ", ", wanted.why);
        map.reasons.push_back({"name", escape(map.name), std::move(wanted.why)});
    }

private:
    Name wanted_name(const Map& map, const std::string& present) {
        const Config& config = rules_.config;
        auto scope = scope_of(config, map);
        if (const Setting* alias = scope.multipath ? scope.multipath->find(Keyword::alias) : nullptr;
            alias && owns(map.wwid, alias->value))
            return {alias->value, cat("alias: ", text(config, alias->source))};
        auto friendly = choose(config, Keyword::user_friendly_names, scope);
        auto why = text(config, Keyword::user_friendly_names, friendly);
        if (!friendly.yes()) return {map.wwid, std::move(why)};
        return bound_name(map.wwid, choose(config, Keyword::alias_prefix, scope).value, present, why);
    }

    /// Of several multipath entries with one alias, the lowest WWID has it.
    bool owns(std::string_view wwid, std::string_view alias) const {
        return std::ranges::none_of(rules_.config.multipaths, [&](const Section& one) {
            return one.value(Keyword::alias) == alias && one.value(Keyword::wwid) < wwid;
        });
    }

    Name bound_name(const std::string& wwid, std::string_view prefix, const std::string& present,
                    const std::string& why) {
        if (!bound_) bound_ = rules_.bindings;
        auto file = bindings_file(rules_.config);
        auto line = std::ranges::find(bound_->lines, wwid, &Binding::wwid);
        auto old = std::ranges::find(bound_->lines, present, &Binding::alias);
        if (old != bound_->lines.end() && old->wwid == wwid) line = old;
        if (line != bound_->lines.end()) return {line->alias, cat("in ", safe(file), ", ", why)};
        const bool keeps = old == bound_->lines.end() && alias_number(present, prefix) > 0;
        auto alias = keeps ? present : new_alias(*bound_, prefix, rules_.config.generation, taken_);
        if (alias.empty()) return {wwid, "no alias is left"};
        bound_->lines.push_back({alias, wwid});
        return {alias, cat(keeps ? "as the map has it" : "the next free one", ", not yet in ", safe(file), ", ", why)};
    }

    const Rules& rules_;
    const HeldMaps& held_;
    std::set<std::string, std::less<>> taken_;
    std::optional<Bindings> bound_;  // with those of this decision
};

}  // namespace

void name_maps(std::vector<Map>& maps, const Rules& rules, const HeldMaps& held) {
    std::vector<Map*> order;
    for (Map& map : maps) order.push_back(&map);
    sort_by(order, {}, [](const Map* map) { return std::string_view(map->paths.front().sys_path); });
    Namer namer(rules, held);
    for (Map* map : order) namer.name(*map);
}

}  // namespace rdm
