// SPDX-License-Identifier: GPL-2.0-or-later
#include "map/plan.h"

#include <algorithm>
#include <map>

#include "map/coalesce.h"
#include "map/difference.h"
#include "map/group.h"
#include "map/members.h"
#include "map/name.h"
#include "map/table.h"

namespace rdm {

namespace {

void add(std::string& text, std::string_view more) { text += cat(text.empty() ? "" : "; ", more); }

/// "sdc joined; sdd left"; nothing for no names.
void add_names(std::string& text, const std::vector<std::string>& names, std::string_view verb) {
    if (!names.empty()) add(text, cat(list_of(names), verb));
}

bool has_usable(const Map& map) { return std::ranges::any_of(map.paths, is_usable); }

class Planner {
public:
    explicit Planner(std::span<const DmMap> present) {
        for (const DmMap& map : present) {
            by_uuid_.emplace(map.uuid, &map);
            by_name_.emplace(map.name, &map);
        }
    }

    Plan run(const Coalesced& wanted) {
        for (const Map& map : wanted.maps) {
            auto found = by_uuid_.find(map_uuid(map.wwid));
            if (found == by_uuid_.end()) {
                create(map);
            } else if (found->second->table.empty()) {
                fill(map, *found->second);
            } else {
                adjust(map, *found->second);
            }
        }
        return std::move(plan_);
    }

private:
    DmAction& load(DmAction::Kind kind, const Map& part) {
        DmAction& action = plan_.act(kind, part.name);
        action.table.push_back({0, part.sectors, "multipath", params(part)});
        action.read_only = part.read_only;
        return action;
    }

    void send(const std::string& name, std::vector<std::string>&& messages) {
        for (auto& message : messages) plan_.act(DmAction::Kind::message, name).message = std::move(message);
    }

    /// The part of a map that a new table may hold; nullopt, and said why, if none of it is usable.
    std::optional<Map> new_part(const Map& map) {
        std::vector<bool> chosen(map.paths.size());
        std::vector<std::string> left_out;
        for (std::size_t n = 0; n < map.paths.size(); ++n) {
            chosen[n] = may_join(map.paths[n]);
            if (!chosen[n]) left_out.push_back(map.paths[n].name);
        }
        Map part = with_members(map, chosen);
        std::string text;
        if (has_usable(part)) {
            std::vector<std::string> taken;
            for (const Path& path : part.paths) taken.push_back(path.name);
            add_names(text, taken, " joined");
            add_names(text, left_out, " left out for now");
        } else {
            text = "no usable path yet";
        }
        plan_.say(map.name, std::move(text));
        if (!has_usable(part)) return std::nullopt;
        return part;
    }

    void create(const Map& map) {
        if (auto other = by_name_.find(map.name); other != by_name_.end()) {
            auto uuid = other->second->uuid.empty() ? "none" : escape(other->second->uuid);
            return plan_.refuse(map.name, cat("the name is taken by a device with uuid ", uuid));
        }
        auto part = new_part(map);
        if (!part) return;
        DmAction& action = load(DmAction::Kind::create, *part);
        action.uuid = map_uuid(map.wwid);
        if (map.skip_partitions) action.hint = UdevHint::no_partitions;
        for (const Path& path : part->paths) action.paths.push_back(path.dev);
        send(map.name, fail_messages(*part, nullptr));
    }

    /// A map that has no table yet: nobody's I/O depends on it.
    void fill(const Map& map, const DmMap& present) {
        auto part = new_part(map);
        if (!part) return;
        part->name = present.name;
        load(DmAction::Kind::reload, *part);
        send(present.name, fail_messages(*part, nullptr));
    }

    void adjust(const Map& map, const DmMap& present) {
        if (present.suspended)
            return plan_.say(present.name, "suspended by someone else, left alone until it is resumed");
        if (present.table.size() != 1 || present.table[0].type != "multipath")
            return plan_.say(present.name, "its table is no single multipath target, left alone");
        auto now = parse_multipath(present.table[0].params);
        if (!now) return plan_.say(present.name, cat("left alone, its table is odd: ", now.error().what()));
        std::string text;
        auto part = next_part(map, *now, text);
        part.name = present.name;
        if (part.paths.empty()) {
            text = "no path is left for a new table, it stays as it is";
        } else {
            for (const auto& difference : differences(part, *now))
                if (text.empty() || difference != "priority groups") add(text, cat(difference, " changed"));
        }
        const bool reload = !part.paths.empty() && !text.empty();
        // The live table's paths first: the kernel may refuse the new table, and go on refusing it.
        auto status = parse_status(present.status);
        if (status)
            sync(present.name, messages(map, *now, *status), text);
        else
            add(text, cat("paths left alone, status is odd: ", status.error().what()));
        if (reload) {
            load(DmAction::Kind::reload, part).hint =
                has_usable(part) ? UdevHint::paths_only : UdevHint::no_usable_path;
            send(present.name, fail_messages(part, status ? &*status : nullptr));
        }
        plan_.say(present.name, text.empty() ? "map unchanged" : std::move(text));
    }

    void sync(const std::string& name, std::vector<std::string>&& wanted, std::string& text) {
        if (wanted.size() > names_in_a_text) add(text, cat(wanted.size(), " paths changed"));
        for (const auto& message : wanted)
            if (wanted.size() <= names_in_a_text) add(text, message);
        send(name, std::move(wanted));
    }

    /// What a present map's table should hold; `text` says who joins and leaves, if anyone does.
    static Map next_part(const Map& map, const MultipathTable& now, std::string& text) {
        DevIndex held;
        for (const auto& group : now.groups)
            for (const auto& path : group.paths) held.emplace(path.dev, 0);
        std::vector<bool> chosen(map.paths.size());
        std::vector<std::string> joined;
        std::vector<std::string> left;
        for (std::size_t n = 0; n < map.paths.size(); ++n) {
            const Path& path = map.paths[n];
            if (is_foreign(path, map)) continue;  // and so it has left, if the table holds it
            bool is_held = held.erase(path.dev) > 0;
            chosen[n] = is_held || may_join(path);
            if (chosen[n] && !is_held) joined.push_back(path.name);
        }
        for (const auto& [dev, _] : held) left.push_back(rdm::text(dev));
        Map part = with_members(map, chosen);
        keep_unsettled(part, now);
        add_names(text, joined, " joined");
        add_names(text, left, " left");
        return part;
    }

    std::map<std::string_view, const DmMap*> by_uuid_;
    std::map<std::string_view, const DmMap*> by_name_;
    Plan plan_;
};

}  // namespace

DmAction& Plan::act(DmAction::Kind kind, const std::string& name) {
    DmAction& action = actions.emplace_back();
    action.kind = kind;
    action.name = name;
    return action;
}

Plan plan(const Coalesced& wanted, std::span<const DmMap> present) { return Planner(present).run(wanted); }

}  // namespace rdm
