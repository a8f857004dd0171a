// SPDX-License-Identifier: GPL-2.0-or-later
#include "boot/summary.h"

#include <algorithm>
#include <string_view>

#include "base/sort.h"
#include "map/members.h"
#include "map/name.h"
#include "map/table.h"

namespace rdm {

namespace {

/// The devices that the kernel uses for I/O in this map now.
DevIndex active_devices(const DmMap& map) {
    DevIndex active;
    auto status = parse_status(map.status);
    if (!status) return active;
    for (const auto& group : status->groups)
        for (const auto& path : group.paths)
            if (path.active) active.emplace(path.dev, 0);
    return active;
}

std::string place(const Path& path) {
    std::string where = path.scsi_id ? text(*path.scsi_id) : std::string(text(path.transport));
    auto access = text(path.access);
    return access.empty() ? where : cat(where, ", ", access);
}

void add_partitions(Summary& summary, const std::vector<DmMap>& present) {
    for (const DmMap& map : present) {
        auto part = partition_of(map.uuid);
        auto wwid = part ? wwid_of_map(part->parent) : std::nullopt;
        if (!wwid) continue;
        auto owner = summary.find(*wwid);
        if (owner != summary.end()) owner->second.partitions.insert(part->number);
    }
}

void sort_paths(MapSummary& summary, const Map& map, const DevIndex& active) {
    for (const Path& path : map.paths) {
        bool takes_io = path.state == PathState::up || path.state == PathState::ghost;
        if (takes_io && active.contains(path.dev))
            summary.working.emplace(path.name, place(path));
        else
            summary.stale.emplace(path.name, takes_io ? "not in use by the kernel" : path.state_from);
    }
}

std::string count_of(const MapSummary& map) { return cat(map.working.size(), " of ", map.total, " paths"); }

/// "1-3 5"
std::string ranges(const std::set<unsigned>& numbers) {
    std::string text;
    for (auto at = numbers.begin(); at != numbers.end();) {
        unsigned first = *at;
        unsigned last = first;
        while (++at != numbers.end() && *at == last + 1) last = *at;
        text += cat(text.empty() ? "" : " ", first);
        if (last != first) text += cat("-", last);
    }
    return text;
}

std::vector<std::string> keys_missing_in(const Texts& from, const Texts& in) {
    std::vector<std::string> missing;
    for (const auto& [name, _] : from)
        if (!in.contains(name)) missing.push_back(name);
    sort_by(missing, {}, [](const std::string& name) { return std::pair(name.size(), name); });
    return missing;
}

/// "3600…: sdc joined (2:0:0:1, optimized), 4 of 4 paths": of one path alone it says more.
void add_change(std::vector<std::string>& lines, const MapSummary& map, const std::vector<std::string>& names,
                const char* verb, std::string_view detail) {
    if (names.empty()) return;
    const bool one = names.size() == 1;
    lines.push_back(cat(map.name, ": ", list_of(names), verb, one ? " (" : "", safe(one ? detail : std::string_view()),
                        one ? "), " : ", ", count_of(map)));
}

void path_news(std::vector<std::string>& lines, const MapSummary& before, const MapSummary& after) {
    auto detail = [](const std::vector<std::string>& names, const Texts& texts) -> std::string_view {
        auto found = names.empty() ? texts.end() : texts.find(names[0]);
        return found == texts.end() ? std::string_view("removed") : found->second;
    };
    auto joined = keys_missing_in(after.working, before.working);
    add_change(lines, after, joined, " joined", detail(joined, after.working));
    auto lost = keys_missing_in(before.working, after.working);
    add_change(lines, after, lost, " lost", detail(lost, after.stale));
}

void map_news(std::vector<std::string>& lines, const MapSummary& before, const MapSummary& after, Milliseconds now) {
    if (!before.usable && after.usable) {
        lines.push_back(cat(after.name, before.exists ? ": usable again at " : ": usable at ", seconds(now), " with ",
                            count_of(after), " (", list_of(keys_missing_in(after.working, {})), ")"));
    } else {
        path_news(lines, before, after);
    }
    if (before.usable && after.exists && !after.usable) lines.push_back(cat(after.name, ": no usable path is left"));
    if (before.exists && !after.exists) lines.push_back(cat(after.name, ": map removed"));
    if (after.partitions != before.partitions && !after.partitions.empty())
        lines.push_back(cat(after.name, after.partitions.size() == 1 ? ": partition " : ": partitions ",
                            ranges(after.partitions), " at ", seconds(now)));
}

}  // namespace

Summary summarize(const Coalesced& decided, const std::vector<DmMap>& present) {
    std::map<std::string_view, const DmMap*> by_uuid;
    for (const DmMap& map : present) by_uuid.emplace(map.uuid, &map);
    Summary summary;
    for (const Map& map : decided.maps) {
        MapSummary one;
        one.name = escape(map.name);
        one.total = map.paths.size();
        auto found = by_uuid.find(map_uuid(map.wwid));
        one.exists = found != by_uuid.end();
        auto active = one.exists ? active_devices(*found->second) : DevIndex{};
        sort_paths(one, map, active);
        one.usable = one.exists && !found->second->suspended && !one.working.empty();
        summary.emplace(map.wwid, std::move(one));
    }
    add_partitions(summary, present);
    return summary;
}

std::vector<std::string> news(const Summary& before, const Summary& after, Milliseconds since_start) {
    std::vector<std::string> lines;
    const MapSummary nothing;
    for (const auto& [wwid, map] : after) {
        auto old = before.find(wwid);
        map_news(lines, old == before.end() ? nothing : old->second, map, since_start);
    }
    for (const auto& [wwid, map] : before)
        if (!after.contains(wwid)) lines.push_back(cat(map.name, ": all paths removed"));
    return lines;
}

}  // namespace rdm
