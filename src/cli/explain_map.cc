// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/explain_map.h"

#include "cli/columns.h"
#include "cli/list.h"
#include "cli/live.h"
#include "cli/size.h"
#include "map/coalesce.h"
#include "map/name.h"

namespace rdm {

namespace {

constexpr std::size_t most_names = 8;

std::string members_text(const Map& map, const PriorityGroup& group) {
    if (group.members.size() > most_names) return cat(group.members.size(), " paths");
    std::string names;
    for (auto member : group.members) names += cat(names.empty() ? "" : " ", safe(map.paths[member].name));
    return names;
}

std::string kernel_text(const LiveMap& live) {
    if (!live.dm) return "no map yet";
    return cat("dm-", live.dm->dev.minor, ", opened ", live.dm->open_count,
               live.dm->open_count == 1 ? " time" : " times", live.dm->suspended ? ", suspended" : "");
}

}  // namespace

std::string explain_map(const World& world, const Map& map) {
    auto live_all = live_maps(world);
    auto& live = live_all[map.wwid];
    auto model = map.paths.empty() ? std::string() : hardware(map.paths.front());
    auto facts = cat("disk\t", model, model.empty() ? "" : ", ", size_text(map.sectors), '\n');
    for (auto& one : map.reasons) facts += cat(one.subject, '\t', one.value, '\t', one.why, '\n');
    facts += cat("grouping\t", map.groups.size(), map.groups.size() == 1 ? " group\t" : " groups\t", safe(map.grouping),
                 '\n');
    for (std::size_t i = 0; i < map.groups.size(); ++i) {
        auto& group = map.groups[i];
        auto state = kernel_group(map, group, live);
        facts += cat("group ", i + 1, '\t', members_text(map, group), "\tprio ", group.priority, state ? ", " : "",
                     state ? text(*state) : "", '\n');
    }
    facts += cat("kernel\t", kernel_text(live), '\n');
    return cat(title(map.name, map.wwid), " is a map: ", text(map_state(map, live)), ", ", working_paths(map, live),
               " of ", map.paths.size(), " paths.\n", facts_text(facts));
}

std::string explain_pathless(const DmMap& dm) {
    LiveMap live{.dm = &dm, .paths = {}, .parts = {}};
    auto facts = cat("disk\t", size_text(sectors_of(dm)), "\nkernel\t", kernel_text(live), '\n');
    return cat(title(dm.name, wwid_of_map(dm.uuid).value_or(dm.uuid)),
               " is a map of the kernel, but no path of it was found.\n", facts_text(facts));
}

}  // namespace rdm
