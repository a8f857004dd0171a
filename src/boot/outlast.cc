// SPDX-License-Identifier: GPL-2.0-or-later
#include "boot/outlast.h"

#include "boot/retries.h"
#include "map/name.h"
#include "map/table.h"
#include "path/standing.h"

namespace rdm {

namespace {

using namespace std::chrono_literals;

constexpr Milliseconds look_interval = 1s;
/// Longer than the kernel keeps other file systems' data unwritten: dirty_expire_centisecs, dirty_writeback_centisecs.
constexpr Milliseconds root_patience = 40s;
constexpr Milliseconds message_patience = 5s;

/// The names of the maps that root stands on. None: that cannot be told, as when its paths are away already.
std::vector<std::string> maps_of_root(const Doors& doors, const std::vector<DmMap>& present) {
    std::vector<std::string> names;
    for (const auto& [disk, roles] : boot_stands_on(doors.sysfs, doors.files, {})) {
        const auto dev = doors.sysfs.word(cat("class/block/", disk, "/dev"));
        if (!dev || !roles.contains(" root")) continue;
        names.push_back(disk);  // root is known, be it on no map
        for (const DmMap& map : present)
            if (map.status.contains(cat(' ', *dev, ' '))) names.push_back(map.name);
    }
    return names;
}

/// A path that is gone counts as active until something is sent to it; multipathd may take even the last away.
bool is_dead(const DmMap& map, const Sysfs& sysfs) {
    std::string_view before;
    for (auto word : words(map.status)) {
        if (word == "A" && sysfs.word(cat("dev/block/", before, "/dev"))) return false;
        before = word;
    }
    return wwid_of_map(map.uuid).has_value();
}

}  // namespace

Result<void> outlast(Doors doors) {
    LettingGo letting_go;
    const auto root = maps_of_root(doors, TRY(doors.dm.maps()));
    auto alive = doors.events.now();
    for (;;) {
        const auto now = doors.events.now();
        if (const auto present = doors.dm.maps()) {
            std::vector<DmAction> actions;
            letting_go.look(doors.neighbours, *present, now, actions);
            if (!actions.empty()) (void)doors.dm.apply(actions, message_patience);
            bool dead = false;
            for (const DmMap& map : *present)
                dead = dead || ((root.empty() || has_word(root, map.name)) && is_dead(map, doors.sysfs));
            if (!dead) alive = now;
        }
        if (now - alive > root_patience) {
            doors.log.err("root has no path any more, the system ends here");
            doors.neighbours->end_system();
        }
        for (const Event& event : TRY(doors.events.wait(now + look_interval)))
            if (event.kind == Event::Kind::stop) return {};
    }
}

}  // namespace rdm
