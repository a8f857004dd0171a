// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/explain_path.h"

#include <algorithm>

#include "cli/columns.h"
#include "cli/leftover.h"
#include "cli/list.h"
#include "cli/live.h"
#include "cli/size.h"
#include "config/blacklist.h"
#include "map/values.h"

namespace rdm {

namespace {

/// Another part behind what is there: ", " between two.
void add_part(std::string& text, std::string_view part) {
    if (!part.empty()) text += cat(text.empty() ? "" : ", ", part);
}

std::string disk_text(const Path& path) {
    auto text = hardware(path);
    add_part(text, size_text(path.sectors));
    if (path.block_size != 512) text += cat(", blocks of ", path.block_size);
    if (!path.revision.empty()) text += cat(", revision ", safe(path.revision));
    if (!path.serial.empty()) text += cat(", serial ", safe(path.serial));
    return text += path.read_only ? ", read-only" : "";
}

std::string address_text(const Path& path) {
    auto address = path.scsi_id ? text(*path.scsi_id) : std::string();
    add_part(address, text(path.dev));
    add_part(address, escape(path.sg_name));
    add_part(address, transport_text(path));
    return address;
}

std::string access_source(const Path& path) {
    auto source = path.port_group ? cat("port group ", *path.port_group) : std::string();
    if (path.preferred) add_part(source, "preferred");
    if (!path.handler.empty()) add_part(source, cat("handler ", safe(path.handler)));
    return source;
}

void add_rules(std::string& facts, const Path& path, const Rules& rules) {
    if (path.hardware.empty()) {
        facts += "hardware\tunknown\tno row of the hardware table matches\n";
    } else {
        auto& entry = *path.hardware.front();
        facts += cat("hardware\t", safe(entry.value(Keyword::vendor)), ' ', safe(entry.value(Keyword::product)), '\t',
                     hardware_source(rules.config, entry), '\n');
    }
    auto listed = judge_wwid(rules.config, path.wwid);
    if (!path.excluded.empty())
        facts += cat("excluded\tyes\t", safe(path.excluded), '\n');
    else if (listed.kind != Verdict::Kind::undecided)
        facts += cat("blacklist\t", listed.blacklisted() ? "listed\t" : "excepted\t", listed.why, '\n');
    else
        facts += "blacklist\tnot listed\t5 types checked\n";
}

std::string chosen(std::string_view subject, std::string_view name, const std::string& from) {
    if (from.empty()) return "";
    return cat(subject, '\t', name.empty() ? "none" : name, '\t', safe(from), '\n');
}

std::string facts_of(const World& world, const Path& path) {
    auto facts = cat("wwid\t", path.wwid.empty() ? "none" : "", safe(path.wwid), '\t', safe(path.wwid_from), "\ndisk\t",
                     disk_text(path), "\naddress\t", address_text(path), '\n');
    if (world.rules) add_rules(facts, path, *world.rules);
    facts += cat("state\t", text(path.state), '\t', safe(path.state_from), '\n') +
             chosen("checker", text(path.checker), path.checker_from);
    if (path.kernel_state != "running" && path.kernel_state != "live" && !path.kernel_state.empty())
        facts += cat("device\t", safe(path.kernel_state), "\tsysfs state\n");
    if (path.access != Access::unknown) facts += cat("access\t", text(path.access), '\t', access_source(path), '\n');
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
    facts += chosen("prio", text(path.prioritizer), path.prioritizer_from);
    facts +=
        cat("priority\t", path.priority < 0 ? "unknown" : cat(path.priority), '\t', safe(path.priority_from), '\n');
    if (place.group > 0) facts += cat("group\t", group_text(place, live), '\t', safe(place.map->grouping), '\n');
    for (auto& one : place.map->reasons)
        if (one.subject == "queueing" || one.subject == "decision")
            facts += cat(one.subject, '\t', one.value, '\t', one.why, '\n');
    facts += cat("kernel\t", kernel_text(path, live), '\n');
    auto group = place.group > 0 ? cat(", group ", place.group) : std::string();
    return cat(safe(path.name), " is a path of ", title(place.map->name, place.map->wwid), group, ".\n",
               facts_text(facts));
}

std::string leftover_text(const World& world, const Path& path) {
    auto facts = facts_of(world, path);
    auto all = leftovers(world);
    auto found = std::ranges::find(all, &path, &Leftover::path);
    if (found != all.end()) {
        facts += cat("decision\tno: ", found->reason, '\n');
        if (!found->remedy.empty()) facts += cat("to change it\t", found->remedy, '\n');
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
    auto in_none = leftovers(world);
    auto next = in_none.begin();
    std::string rows;
    for (auto& path : world.paths) {
        rows += cat(safe(path.name), '\t', text(path.dev), '\t', text(path.state), '\t');
        auto place = in_maps.find(path.dev);
        if (place == in_maps.end())
            rows += cat("in no map: ", next++->reason, '\n');
        else
            rows += cat("path of ", title(place->second.map->name, place->second.map->wwid), ", group ",
                        place->second.group, '\n');
    }
    return columns(rows);
}

}  // namespace rdm
