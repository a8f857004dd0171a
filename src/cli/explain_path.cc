// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/explain_path.h"

#include <algorithm>
#include <map>

#include "cli/columns.h"
#include "cli/facts.h"
#include "cli/leftover.h"
#include "cli/list.h"
#include "cli/live.h"
#include "cli/size.h"
#include "config/blacklist.h"
#include "map/values.h"

namespace rdm {

namespace {

struct Membership {
    const Map* map = nullptr;
    std::size_t group = 0;  ///< from 1; 0: in none
};

std::map<DevNo, Membership> memberships(const World& world) {
    std::map<DevNo, Membership> all;
    for (auto& map : world.decided.maps) {
        for (auto& path : map.paths) all[path.dev] = {.map = &map};
        for (std::size_t i = 0; i < map.groups.size(); ++i)
            for (auto member : map.groups[i].members) all[map.paths[member].dev].group = i + 1;
    }
    return all;
}

std::string joined(const std::vector<std::string>& parts) {
    std::string text;
    for (auto& part : parts)
        if (!part.empty()) text += cat(text.empty() ? "" : ", ", part);
    return text;
}

std::string disk_text(const Path& path) {
    return joined({escape(cat(path.vendor, path.vendor.empty() ? "" : " ", path.product)), size_text(path.sectors),
                   path.block_size == 512 ? "" : cat("blocks of ", path.block_size),
                   path.revision.empty() ? "" : cat("revision ", safe(path.revision)),
                   path.serial.empty() ? "" : cat("serial ", safe(path.serial)), path.read_only ? "read-only" : ""});
}

std::string address_text(const Path& path) {
    return joined(
        {path.scsi_id ? text(*path.scsi_id) : "", text(path.dev), escape(path.sg_name), transport_text(path)});
}

std::string access_source(const Path& path) {
    return joined({path.port_group ? cat("port group ", *path.port_group) : "", path.preferred ? "preferred" : "",
                   path.handler.empty() ? "" : cat("handler ", safe(path.handler))});
}

void add_rules(std::vector<Fact>& facts, const Path& path, const Rules& rules) {
    if (path.hardware.empty()) {
        facts.push_back({"hardware", "unknown", "no row of the hardware table matches"});
    } else {
        auto& entry = *path.hardware.front();
        facts.push_back({"hardware", escape(cat(entry.value(Keyword::vendor), ' ', entry.value(Keyword::product))),
                         hardware_source(rules.config, entry)});
    }
    auto listed = judge_wwid(rules.config, path.wwid);
    if (!path.excluded.empty())
        facts.push_back({"excluded", "yes", escape(path.excluded)});
    else if (listed.kind != Verdict::Kind::undecided)
        facts.push_back({"blacklist", listed.blacklisted() ? "listed" : "excepted", listed.why});
    else
        facts.push_back({"blacklist", "not listed", "5 types checked"});
}

std::vector<Fact> facts_of(const World& world, const Path& path) {
    std::vector<Fact> facts = {
        {"wwid", path.wwid.empty() ? "none" : escape(path.wwid), escape(path.wwid_from)},
        {"disk", disk_text(path), ""},
        {"address", address_text(path), ""},
    };
    if (world.rules) add_rules(facts, path, *world.rules);
    facts.push_back({"state", std::string(text(path.state)), escape(path.state_from)});
    if (path.kernel_state != "running" && path.kernel_state != "live" && !path.kernel_state.empty())
        facts.push_back({"device", escape(path.kernel_state), "sysfs state"});
    if (path.access != Access::unknown)
        facts.push_back({"access", std::string(text(path.access)), access_source(path)});
    return facts;
}

std::string group_text(const Membership& place, const LiveMap& live) {
    auto state = kernel_group(*place.map, place.map->groups[place.group - 1], live);
    return cat(place.group, " of ", place.map->groups.size(), state ? ", " : "", state ? text(*state) : "");
}

std::string kernel_text(const Path& path, const LiveMap& live) {
    if (!live.dm) return "no map yet";
    auto* in_kernel = live.path(path.dev);
    if (!in_kernel) return cat("not in dm-", live.dm->dev.minor);
    return cat(in_kernel->active ? "active" : "failed", " in dm-", live.dm->dev.minor);
}

std::string member_text(const World& world, const Path& path, const Membership& place) {
    auto live_all = live_maps(world);
    auto& live = live_all[place.map->wwid];
    auto facts = facts_of(world, path);
    facts.push_back({"priority", path.priority < 0 ? "unknown" : cat(path.priority), escape(path.priority_from)});
    if (place.group > 0) facts.push_back({"group", group_text(place, live), escape(place.map->grouping)});
    for (auto& one : place.map->reasons)
        if (one.subject == "queueing" || one.subject == "decision") facts.push_back({one.subject, one.value, one.why});
    facts.push_back({"kernel", kernel_text(path, live), ""});
    auto group = place.group > 0 ? cat(", group ", place.group) : std::string();
    return cat(safe(path.name), " is a path of ", title(place.map->name, place.map->wwid), group, ".\n",
               facts_text(facts));
}

std::string leftover_text(const World& world, const Path& path) {
    auto facts = facts_of(world, path);
    auto all = leftovers(world);
    auto found = std::ranges::find(all, &path, &Leftover::path);
    if (found != all.end()) {
        facts.push_back({"decision", cat("no: ", found->reason), ""});
        if (!found->remedy.empty()) facts.push_back({"to change it", found->remedy, ""});
    }
    return cat(safe(path.name), " is not a path of any map.\n", facts_text(facts));
}

}  // namespace

std::string explain_path(const World& world, const Path& path) {
    auto all = memberships(world);
    auto place = all.find(path.dev);
    return place == all.end() ? leftover_text(world, path) : member_text(world, path, place->second);
}

std::string explain_briefly(const World& world) {
    auto in_maps = memberships(world);
    std::map<const Path*, std::string> in_none;
    for (auto& one : leftovers(world)) in_none[one.path] = one.reason;
    std::vector<std::vector<std::string>> rows;
    for (auto& path : world.paths) {
        auto place = in_maps.find(path.dev);
        auto why = place == in_maps.end() ? cat("in no map: ", in_none[&path])
                                          : cat("path of ", title(place->second.map->name, place->second.map->wwid),
                                                ", group ", place->second.group);
        rows.push_back({escape(path.name), text(path.dev), std::string(text(path.state)), why});
    }
    std::string out;
    for (auto& line : columns(rows)) out += line + '\n';
    return out;
}

}  // namespace rdm
