// SPDX-License-Identifier: GPL-2.0-or-later
#include "boot/flush.h"

#include <algorithm>
#include <cerrno>

#include "map/apply.h"
#include "map/plan.h"
#include "map/table.h"

namespace rdm {

namespace {

using namespace std::chrono_literals;

constexpr Milliseconds udev_patience = 5s;
constexpr Milliseconds deadline = 30s;
constexpr Milliseconds partition_deadline = 5s;

/// What a worker leaves, waited for here: flush has nothing else to do meanwhile.
Result<std::string> wait_for(const Doors& doors, std::uint64_t worker) {
    auto limit = doors.events.now() + deadline + 1s;
    while (doors.events.now() < limit)
        for (const Event& event : TRY(doors.events.wait(limit)))
            if (event.kind == Event::Kind::work && event.work->id == worker) return event.work->output;
    return fail(ETIMEDOUT, "device-mapper does not answer");
}

Result<DeviceMapper::Outcome> carry_out(const Doors& doors, const std::vector<DmAction>& actions) {
    auto& dm = doors.dm;
    auto worker =
        TRY(doors.workers.start([&dm, &actions] { return encode(dm.apply(actions, udev_patience)); }, deadline));
    auto said = wait_for(doors, worker);
    if (!said && said.error().code() != ETIMEDOUT) return std::unexpected(said.error());
    // Out of time: what stays is found by looking, and named.
    return said ? decode_outcome(*said) : DeviceMapper::Outcome{};
}

/// What run has the kernel forget once it is a map's: the partitions of paths. Those of the removed maps come back.
void give_back_partitions(const Doors& doors, const std::vector<DmMap>& before,
                          const std::vector<std::string>& removed) {
    std::vector<DevNo> paths;
    const PresentMaps present(before);
    for (const DmMap& map : before) {
        if (!has_word(removed, map.name) || !present.partitions.contains(map.uuid)) continue;
        std::optional<DevNo> path;  // "8:16 A" is one that answers, and need not be waited for
        for (auto word : words(map.status)) {
            if (path && word == "A") paths.push_back(*path);
            path = devno(word);
        }
    }
    auto work = [&] {
        for (DevNo dev : paths) (void)doors.blocks.find_partitions(dev);
        return std::string();
    };
    if (paths.empty()) return;
    if (auto worker = doors.workers.start(work, partition_deadline)) (void)wait_for(doors, *worker);
}

}  // namespace

Result<Flushed> flush(const Doors& doors) {
    Flushed flushed;
    auto before = TRY(doors.dm.maps());
    Plan steps = plan_flush(before);
    flushed.left = steps.refused;
    if (steps.actions.empty()) return flushed;
    auto outcome = TRY(carry_out(doors, steps.actions));
    auto after = TRY(doors.dm.maps());
    for (std::size_t i = 0; i < steps.actions.size(); ++i) {
        const DmAction& action = steps.actions[i];
        if (action.kind != DmAction::Kind::remove) continue;
        if (std::ranges::find(after, action.name, &DmMap::name) == after.end()) {
            flushed.removed.push_back(action.name);
            continue;
        }
        bool known = i < outcome.results.size() && !outcome.results[i];
        flushed.left.push_back({action.name, known ? outcome.results[i].error().what() : "not removed in time"});
        flushed.kernel_refused = true;
    }
    give_back_partitions(doors, before, flushed.removed);
    return flushed;
}

}  // namespace rdm
