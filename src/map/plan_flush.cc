// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>
#include <map>

#include "map/name.h"
#include "map/plan.h"
#include "map/table.h"

namespace rdm {

namespace {

bool queues(const DmMap& map) {
    // A message to a suspended map is refused (EBUSY).
    if (map.suspended || map.table.empty() || map.table[0].type != "multipath") return false;
    auto table = parse_multipath(map.table[0].params);
    return table && has_word(table->features, "queue_if_no_path");
}

void leave(Plan& plan, const DmMap& map, int holders) {
    plan.refuse(map.name, cat("in use by ", holders, holders == 1 ? " holder" : " holders"));
}

}  // namespace

Plan plan_flush(std::span<const DmMap> present) {
    Plan plan;
    std::vector<const DmMap*> maps;
    std::vector<const DmMap*> going;  // partitions first
    for (const DmMap& map : present) {
        if (wwid_of_map(map.uuid)) maps.push_back(&map);
        if (!partition_of(map.uuid)) continue;
        if (map.open_count > 0)
            leave(plan, map, map.open_count);
        else
            going.push_back(&map);
    }
    const PresentMaps all(present);
    for (const DmMap* map : maps) {
        int holders = map->open_count;
        for (auto [at, end] = all.partitions.equal_range(map->uuid); at != end; ++at)
            if (at->second->open_count <= 0) --holders;
        if (holders > 0)
            leave(plan, *map, holders);
        else
            going.push_back(map);
        // Without a path, whoever holds it may wait for I/O for ever: with an error it can end.
        if (queues(*map) && (holders <= 0 || !has_active_path(map->status)))
            plan.act(DmAction::Kind::message, map->name).message = "fail_if_no_path";
    }
    for (const DmMap* map : going) {
        plan.act(DmAction::Kind::remove, map->name);
        plan.say(map->name, "removed");
    }
    return plan;
}

}  // namespace rdm
