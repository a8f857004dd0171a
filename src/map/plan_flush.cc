// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>
#include <map>

#include "map/name.h"
#include "map/plan.h"
#include "map/table.h"

namespace rdm {

namespace {

DmAction action(DmAction::Kind kind, const DmMap& map, std::string message = {}) {
    DmAction one;
    one.kind = kind;
    one.name = map.name;
    one.message = std::move(message);
    return one;
}

bool queues(const DmMap& map) {
    // A message to a suspended map is refused (EBUSY).
    if (map.suspended || map.table.empty() || map.table[0].type != "multipath") return false;
    auto table = parse_multipath(map.table[0].params);
    return table && has_word(table->features, "queue_if_no_path");
}

Refused in_use(const DmMap& map, int holders) {
    return {map.name, cat("in use by ", holders, holders == 1 ? " holder" : " holders")};
}

}  // namespace

Plan plan_flush(std::span<const DmMap> present) {
    Plan plan;
    std::vector<const DmMap*> partitions;
    std::map<std::string_view, int> going;  // by the parent's uuid
    for (const DmMap& map : present) {
        auto part = partition_of(map.uuid);
        if (!part) continue;
        if (map.open_count > 0) {
            plan.refused.push_back(in_use(map, map.open_count));
            continue;
        }
        partitions.push_back(&map);
        ++going[part->parent];
    }
    std::vector<const DmMap*> maps;
    for (const DmMap& map : present) {
        if (!wwid_of_map(map.uuid)) continue;
        auto with = going.find(map.uuid);
        int holders = map.open_count - (with == going.end() ? 0 : with->second);
        if (holders > 0)
            plan.refused.push_back(in_use(map, holders));
        else
            maps.push_back(&map);
        // Without a path, whoever holds it may wait for I/O for ever: with an error it can end.
        if (queues(map) && (holders <= 0 || !has_active_path(map.status)))
            plan.actions.push_back(action(DmAction::Kind::message, map, "fail_if_no_path"));
    }
    for (const auto* list : {&partitions, &maps}) {
        for (const DmMap* map : *list) {
            plan.actions.push_back(action(DmAction::Kind::remove, *map));
            plan.why.push_back({map->name, "removed"});
        }
    }
    return plan;
}

}  // namespace rdm
