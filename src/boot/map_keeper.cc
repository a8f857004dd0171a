// SPDX-License-Identifier: GPL-2.0-or-later
#include "boot/map_keeper.h"

#include <algorithm>
#include <cerrno>

#include "map/apply.h"
#include "map/coalesce.h"
#include "map/name.h"
#include "map/partition_table.h"
#include "map/table.h"

namespace rdm {

namespace {

using namespace std::chrono_literals;

constexpr Milliseconds udev_patience = 10s;   // after this a cookie that nobody completes is completed by us
constexpr Milliseconds batch_deadline = 60s;  // far beyond any sound batch; a batch past it is given up
constexpr Milliseconds read_deadline = 5s;
constexpr Milliseconds first_pause = 250ms;
constexpr Milliseconds longest_pause = 8s;

bool usable(const DmMap& map) { return !map.suspended && has_active_path(map.status); }

Milliseconds longer(Milliseconds pause) { return pause == 0ms ? first_pause : std::min(pause * 2, longest_pause); }

/// Formats that we do not read ourselves: what the kernel found on the first path that it looked at.
PartitionTable or_kernels(PartitionTable table, const Sysfs& sysfs, const Map& map) {
    if (table.format != "none") return table;
    for (const Path& path : map.paths)
        if (auto found = kernel_partitions(sysfs, path.name)) return preferred(std::move(table), std::move(*found));
    return table;
}

/// What a worker says of a disk: the table, or "!" and the error.
std::string read_for_loop(Blocks& blocks, DevNo dev) {
    auto reader = blocks.open(dev);
    auto table = reader ? read_partition_table(**reader) : std::unexpected(reader.error());
    return table ? encode(*table) : cat("!", table.error().what);
}

Result<PartitionTable> heard(const Result<std::string>& said) {
    if (!said) return std::unexpected(said.error());
    if (said->starts_with('!')) return fail(EIO, std::string_view(*said).substr(1));
    return decode(*said);
}

}  // namespace

void MapKeeper::refresh_present() {
    auto maps = doors_.dm.maps();
    if (!maps) {
        if (said_.emplace("device-mapper", maps.error().what).second) doors_.log.warn(maps.error().what);
        return;
    }
    present_ = std::move(*maps);
}

const DmMap* MapKeeper::find(std::string_view uuid) const {
    auto found = std::ranges::find(present_, uuid, &DmMap::uuid);
    return found == present_.end() ? nullptr : &*found;
}

void MapKeeper::report_notes(const Plan& decision) {
    for (const auto& [subject, reason] : decision.refused) {
        auto& said = said_[subject];
        if (said != reason) doors_.log.warn(escape(subject), ": ", escape(reason));
        said = reason;
    }
}

void MapKeeper::decide(const std::vector<Path>& paths) {
    again_ = applying_.has_value();
    if (again_) return;
    refresh_present();
    decided_ = coalesce(paths, selection_, present_);
    Plan wanted = plan(decided_, present_);
    report_notes(wanted);
    std::vector<DmAction> actions = std::move(wanted.actions);
    follow_partitions(actions);

    std::erase_if(refusals_,
                  [&](const Refusal& refusal) { return std::ranges::find(actions, refusal.action) == actions.end(); });
    drop_held_back(actions);
    if (role_ == Role::act && !actions.empty()) start_batch(std::move(actions));
}

const MapKeeper::Refusal* MapKeeper::held_back(const DmAction& action) const {
    auto known = std::ranges::find(refusals_, action, &Refusal::action);
    return known != refusals_.end() && known->again > doors_.events.now() ? &*known : nullptr;
}

void MapKeeper::drop_held_back(std::vector<DmAction>& actions) const {
    const Refusal* load = nullptr;  // held back, and with it what is to be said after it
    std::erase_if(actions, [&](const DmAction& action) {
        const Refusal* held = held_back(action);
        if (action.kind != DmAction::Kind::message) load = held;
        return held || (load && load->action.name == action.name);
    });
}

void MapKeeper::follow_partitions(std::vector<DmAction>& actions) {
    const PresentMaps present(present_);
    for (const Map& map : decided_.maps) {
        const DmMap* live = find(map_uuid(map.wwid));
        if (!live) {
            drop_reading(map.wwid);
            continue;
        }
        if (auto old = readings_.find(map.wwid); old != readings_.end() && old->second.dev != live->dev)
            drop_reading(map.wwid);
        Reading& reading = readings_[map.wwid];
        reading.dev = live->dev;
        if (!reading.table) {
            if (usable(*live)) start_reading(map, reading);
            continue;
        }
        if (!reading.judged) reading.table = or_kernels(std::move(*reading.table), doors_.sysfs, map);
        reading.judged = true;
        auto steps = plan_partitions(*live, *reading.table, present, default_delimiter);
        report_notes(steps);
        reading.mirrored = steps.actions.empty();
        actions.insert(actions.end(), steps.actions.begin(), steps.actions.end());
    }
}

void MapKeeper::drop_reading(std::string_view wwid) {
    auto reading = readings_.find(wwid);
    if (reading == readings_.end()) return;
    if (reading->second.worker) --reading_;
    readings_.erase(reading);
}

void MapKeeper::start_reading(const Map& map, Reading& reading) {
    if (reading.worker || reading.again > doors_.events.now()) return;
    auto& blocks = doors_.blocks;
    auto worker =
        doors_.workers.start([&blocks, dev = reading.dev] { return read_for_loop(blocks, dev); }, read_deadline);
    if (!worker) {
        doors_.log.warn(escape(map.name), ": ", worker.error().what);
        return;
    }
    reading.worker = *worker;
    ++reading_;
}

void MapKeeper::finish_reading(Reading& reading, const WorkDone& done) {
    --reading_;
    reading.worker.reset();
    auto table = heard(done.output);
    if (table) {
        reading.table = std::move(*table);
        return;
    }
    reading.pause = longer(reading.pause);
    reading.again = doors_.events.now() + reading.pause;
    if (reading.pause == first_pause)
        doors_.log.warn(text(reading.dev), ": partition table: ", table.error().what, ", trying again");
}

void MapKeeper::start_batch(std::vector<DmAction> actions) {
    auto& dm = doors_.dm;
    auto worker =
        doors_.workers.start([&dm, actions] { return encode(dm.apply(actions, udev_patience)); }, batch_deadline);
    if (!worker) {
        doors_.log.err("device-mapper: ", worker.error().what);
        for (const auto& action : actions) remember_refusal(action, worker.error());
        return;
    }
    applying_ = Batch{*worker, std::move(actions)};
}

void MapKeeper::finish_batch(const WorkDone& done) {
    Batch batch = std::move(*applying_);
    applying_.reset();
    auto outcome = done.output ? decode_outcome(*done.output) : std::unexpected(done.output.error());
    if (!outcome) {
        for (const auto& action : batch.actions) remember_refusal(action, outcome.error());
        return;
    }
    if (outcome->udev_late)
        doors_.log.warn("udev did not confirm the maps within ", udev_patience / 1s, " s, going on without it");
    const DmAction* refused = nullptr;
    for (std::size_t i = 0; i < batch.actions.size() && i < outcome->results.size(); ++i) {
        const DmAction& action = batch.actions[i];
        if (outcome->results[i]) continue;
        // A message after a refused load waits with it and has its error.
        if (action.kind == DmAction::Kind::message && refused && refused->name == action.name) continue;
        if (action.kind != DmAction::Kind::message) refused = &action;
        remember_refusal(action, outcome->results[i].error());
    }
}

void MapKeeper::remember_refusal(const DmAction& action, const Error& error) {
    auto now = doors_.events.now();
    auto known = std::ranges::find(refusals_, action, &Refusal::action);
    if (known == refusals_.end()) {
        refusals_.push_back({action, now + first_pause, first_pause});
        doors_.log.warn(escape(action.name), ": ", escape(error.what), ", trying again");
        return;
    }
    known->pause = longer(known->pause);
    known->again = now + known->pause;
}

bool MapKeeper::absorb(const WorkDone& done) {
    if (applying_ && applying_->worker == done.id) {
        finish_batch(done);
        return true;
    }
    auto reading = std::ranges::find_if(readings_, [&](const auto& one) { return one.second.worker == done.id; });
    if (reading == readings_.end()) return false;
    finish_reading(reading->second, done);
    return true;
}

std::optional<Moment> MapKeeper::next() const {
    std::optional<Moment> soonest;
    auto consider = [&](Moment when) { soonest = soonest ? std::min(*soonest, when) : when; };
    for (const auto& refusal : refusals_) consider(refusal.again);
    for (const auto& [wwid, reading] : readings_)
        if (!reading.table && !reading.worker && reading.pause > 0ms) consider(reading.again);
    return soonest;
}

bool MapKeeper::complete(std::string_view wwid) const {
    auto reading = readings_.find(wwid);
    const DmMap* live = find(map_uuid(wwid));
    return live && usable(*live) && reading != readings_.end() && reading->second.mirrored;
}

}  // namespace rdm
