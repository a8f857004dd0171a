// SPDX-License-Identifier: GPL-2.0-or-later
#include "boot/retries.h"

#include <algorithm>
#include <utility>

#include "config/lookup.h"
#include "map/group.h"
#include "map/held.h"
#include "map/table.h"

namespace rdm {

namespace {

constexpr std::chrono::seconds end_patience{5};

std::chrono::seconds polling_interval(const Config& config) {
    return std::chrono::seconds(choose(config, Keyword::polling_interval, {}).number().value_or(0));
}

DmAction fail_without_path(const std::string& name) {
    DmAction action;
    action.kind = DmAction::Kind::message;
    action.name = name;
    action.message = "fail_if_no_path";
    return action;
}

}  // namespace

bool Retries::ends(Count& count, const DmMap& map, bool queues, Moment now) const {
    if (map.suspended) return false;
    if (count.usable || has_active_path(map.status)) {
        count.until.reset();
        count.told = count.over = false;
        return false;
    }
    if (!count.until) count.until = now + polling_interval(rules_.config) * count.retries;
    count.over = count.over || !queues;
    return !count.over && *count.until <= now;
}

std::vector<DmAction> Retries::look(const std::vector<Map>& maps, const std::vector<DmMap>& present, Moment now) {
    for (auto& [wwid, count] : counts_) count.usable = false;
    for (const Map& map : maps) {
        if (map.retries == 0) {
            counts_.erase(map.wwid);
            continue;
        }
        auto& count = counts_[map.wwid];
        count.retries = map.retries;
        count.usable = std::ranges::any_of(map.paths, is_usable);
    }
    const auto held = held_maps(present);
    std::erase_if(counts_, [&](const auto& one) { return !held.contains(one.first); });
    std::vector<DmAction> actions;
    for (auto& [wwid, count] : counts_) {
        const Held& live = held.find(wwid)->second;
        if (!ends(count, *live.map, live.queues(), now)) continue;
        actions.push_back(fail_without_path(live.map->name));
        if (!std::exchange(count.told, true))
            log_.warn(safe(live.map->name), ": no path for ", (polling_interval(rules_.config) * count.retries).count(),
                      " s (no_path_retry ", count.retries, "), I/O fails instead of waiting");
    }
    return actions;
}

std::optional<Moment> Retries::next() const {
    std::optional<Moment> soonest;
    for (const auto& [wwid, count] : counts_)
        if (count.until && !count.over && !count.told) soonest = std::min(soonest.value_or(*count.until), *count.until);
    return soonest;
}

void LettingGo::look(Neighbours* neighbours, const std::vector<DmMap>& present, Moment now,
                     std::vector<DmAction>& actions) {
    const bool due = stuck_since_ && now - *stuck_since_ >= end_patience;
    on_ = on_ || (due && neighbours && neighbours->system_ends());
    bool stuck = false;
    for (const DmMap& map : present) {
        if (map.suspended || map.table.empty() || !map.table[0].params.contains("queue_if_no_path") ||
            has_active_path(map.status))
            continue;
        stuck = true;
        if (on_) actions.push_back(fail_without_path(map.name));
    }
    if (!stuck) stuck_since_.reset();
    if (stuck && !stuck_since_) stuck_since_ = now;
    if (on_) std::erase_if(actions, [](const DmAction& action) { return action.message == "queue_if_no_path"; });
}

}  // namespace rdm
