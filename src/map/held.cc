// SPDX-License-Identifier: GPL-2.0-or-later
#include "map/held.h"

#include <algorithm>

#include "map/name.h"
#include "map/table.h"

namespace rdm {

bool Held::queues() const { return std::ranges::find(features, "queue_if_no_path") != features.end(); }

bool Held::works_by_bio() const {
    auto mode = std::ranges::find(features, "queue_mode");
    return mode != features.end() && mode + 1 != features.end() && mode[1] == "bio";
}

HeldMaps held_maps(std::span<const DmMap> present) {
    HeldMaps held;
    for (const DmMap& map : present) {
        auto wwid = wwid_of_map(map.uuid);
        if (!wwid) continue;
        Held one{&map, {}, {}, false};
        if (map.table.size() == 1 && map.table[0].type == "multipath") {
            if (auto table = parse_multipath(map.table[0].params)) {
                one.features = table->features;
                one.without_handler = table->handler.empty();
                for (const auto& group : table->groups)
                    for (const auto& path : group.paths) one.devices.insert(path.dev);
            }
        }
        held.emplace(*wwid, std::move(one));
    }
    return held;
}

}  // namespace rdm
