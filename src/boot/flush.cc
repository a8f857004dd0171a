// SPDX-License-Identifier: GPL-2.0-or-later
#include "boot/flush.h"

#include <algorithm>
#include <cerrno>

#include "map/apply.h"
#include "map/plan.h"

namespace rdm {

namespace {

using namespace std::chrono_literals;

constexpr Milliseconds udev_patience = 5s;
constexpr Milliseconds deadline = 30s;

/// What a worker leaves, waited for here: flush has nothing else to do meanwhile.
Result<std::string> wait_for(Doors& doors, std::uint64_t worker) {
    auto limit = doors.events.now() + deadline + 1s;
    while (doors.events.now() < limit)
        for (const Event& event : TRY(doors.events.wait(limit)))
            if (event.kind == Event::Kind::work && event.work->id == worker) return event.work->output;
    return fail(ETIMEDOUT, "device-mapper does not answer");
}

Result<DeviceMapper::Outcome> carry_out(Doors& doors, const std::vector<DmAction>& actions) {
    auto& dm = doors.dm;
    auto worker =
        TRY(doors.workers.start([&dm, &actions] { return encode(dm.apply(actions, udev_patience)); }, deadline));
    auto said = wait_for(doors, worker);
    if (!said && said.error().code() != ETIMEDOUT) return std::unexpected(said.error());
    // Out of time: what stays is found by looking, and named.
    return said ? decode_outcome(*said) : DeviceMapper::Outcome{};
}

}  // namespace

Result<Flushed> flush(Doors doors) {
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
    return flushed;
}

}  // namespace rdm
