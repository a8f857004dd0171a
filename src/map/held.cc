// SPDX-License-Identifier: GPL-2.0-or-later
#include "map/held.h"

#include <algorithm>

#include "kernel/machine_value.h"
#include "map/name.h"
#include "map/table.h"

namespace rdm {

bool Held::queues() const { return has_word(features, "queue_if_no_path"); }

bool Held::works_by_bio() const {
    auto mode = std::ranges::find(features, "queue_mode");
    return mode != features.end() && mode + 1 != features.end() && mode[1] == "bio";
}

void spell_as_paths(std::span<DmMap> present, std::span<const Path> paths) {
    for (const Path& path : paths) {
        if (!path.wwid.contains('\\')) continue;
        const auto plain = unescape(path.wwid);
        for (DmMap& map : present) {
            if (map.name == plain) map.name = path.wwid;
            if (const auto uuid = map_uuid(plain); map.uuid.ends_with(uuid))
                map.uuid.replace(map.uuid.size() - plain.size(), plain.size(), path.wwid);
        }
    }
}

HeldMaps held_maps(std::span<const DmMap> present) {
    HeldMaps held;
    for (const DmMap& map : present) {
        auto wwid = wwid_of_map(map.uuid);
        if (!wwid) continue;
        auto [at, is_new] = held.try_emplace(*wwid);
        if (!is_new) continue;
        Held& one = at->second;
        one.map = &map;
        if (map.table.size() != 1 || map.table[0].type != "multipath") continue;
        auto table = parse_multipath(map.table[0].params);
        if (!table) continue;
        one.features = std::move(table->features);
        one.without_handler = table->handler.empty();
        for (std::size_t n = 0; n < table->groups.size(); ++n)
            for (const auto& path : table->groups[n].paths) one.devices.emplace(path.dev, n);
    }
    return held;
}

}  // namespace rdm
