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
constexpr Milliseconds idle_interval = 5s;  ///< as long as nobody ends anything
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

Result<void> outlast(const Doors& doors) {
    LettingGo letting_go;
    const auto root = maps_of_root(doors, TRY(doors.dm.maps()));
    bool news = true;
    bool dead = false;
    std::optional<Moment> patient_since;  // without root, and told to end
    for (;;) {
        const auto now = doors.events.now();
        const bool ends = doors.neighbours->system_ends();
        if (const auto present = news || ends || dead ? doors.dm.maps() : std::unexpected(Error())) {
            std::vector<DmAction> actions;
            letting_go.look(doors.neighbours, *present, now, actions);
            if (!actions.empty()) (void)doors.dm.apply(actions, message_patience);
            dead = false;
            for (const DmMap& map : *present)
                dead = dead || ((root.empty() || has_word(root, map.name)) && is_dead(map, doors.sysfs));
        }
        if (!dead) patient_since.reset();
        // Who ends it may be gone, without root, before PID 1 says anything of it.
        if (dead && !patient_since && (ends || doors.neighbours->end_is_stuck())) patient_since = now;
        if (patient_since && now - *patient_since > root_patience) {
            doors.log.err("root has no path any more, the system ends");
            doors.neighbours->end_system();
        }
        const auto events = TRY(doors.events.wait(now + (ends ? look_interval : idle_interval)));
        for (const Event& event : events)
            if (event.kind == Event::Kind::stop) return {};
        news = !events.empty();
    }
}

}  // namespace rdm
