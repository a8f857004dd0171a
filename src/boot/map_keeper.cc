// SPDX-License-Identifier: GPL-2.0-or-later
#include "boot/map_keeper.h"

#include <algorithm>
#include <cerrno>

#include "map/apply.h"
#include "map/coalesce.h"
#include "map/concise.h"
#include "map/held.h"
#include "map/name.h"
#include "map/partition_table.h"
#include "map/table.h"

namespace rdm {

namespace {

using namespace std::chrono_literals;

constexpr Milliseconds udev_patience = 10s;  // after this a cookie is completed by us, and `wait` goes on without links
constexpr Milliseconds batch_deadline = 60s;  // far beyond any sound batch; a batch past it is given up
constexpr Milliseconds left_out_time = 15s;
constexpr const char* dm_subject = "device-mapper";

bool usable(const DmMap& map) { return !map.suspended && has_active_path(map.status); }

/// Formats that we do not read ourselves: what the kernel found on the first path where it found partitions at all (one
/// on standby gives it nothing to read).
void use_kernels(PartitionTable& table, const Sysfs& sysfs, const Map& map) {
    for (const Path& path : map.paths) {
        if (table.format != "none") return;
        if (auto found = kernel_partitions(sysfs, path.name)) table = preferred(std::move(table), *std::move(found));
    }
}

/// udev writes this entry when it has made the links, and before that one without the mark: of a map that has no table
/// yet, or by the second mark one without a path. Source: systemd 252, udev-event.c, udev_event_execute_rules();
/// libdevmapper's 10-dm.rules; handoff.md 1.
bool has_links(const Files& files, DevNo dev) {
    const auto known = files.text(cat("/run/udev/data/b", text(dev)));
    return known.contains("\nE:DM_UDEV_PRIMARY_SOURCE_FLAG=1\n") && !known.contains("\nE:MPATH_DEVICE_READY=0\n");
}

/// All that tells an action from another.
std::string key_of(const DmAction& action) {
    return cat(describe(action), ' ', concise({&action, 1}), ' ', static_cast<int>(action.hint));
}

/// A reload may wait for I/O in flight: all that needs none of them goes first. What concerns one map keeps its order.
std::vector<DmAction> reloads_last(std::vector<DmAction>&& actions) {
    std::vector<std::string> reloaded;
    for (const DmAction& action : actions)
        if (action.kind == DmAction::Kind::reload) reloaded.push_back(action.name);
    std::vector<DmAction> sorted;
    for (bool last : {false, true})
        for (DmAction& action : actions)
            if (has_word(reloaded, action.name) == last) sorted.push_back(std::move(action));
    return sorted;
}

}  // namespace

void MapKeeper::refresh_present() {
    auto maps = doors_.dm.maps();
    if (!maps) return say_once(dm_subject, maps.error().what());
    present_ = std::move(*maps);
}

/// Once, until it is something else.
void MapKeeper::say_once(const std::string& subject, std::string_view reason, std::string_view rest) {
    auto& said = said_[subject];
    if (said != reason) doors_.log.warn(safe(subject), ": ", safe(reason), rest);
    said = reason;
}

const DmMap* MapKeeper::find(std::string_view uuid) const {
    auto found = std::ranges::find(present_, uuid, &DmMap::uuid);
    return found == present_.end() ? nullptr : &*found;
}

void MapKeeper::report(const std::vector<Refused>& refused) {
    if (!acts()) return;
    for (const Refused& one : refused)
        if (!one.usual) say_once(one.subject, one.reason);
}

/// What a person should know of maps that come up all the same.
void MapKeeper::warn_of(const std::vector<Map>& maps) {
    if (!acts()) return;
    for (const Map& map : maps) {
        if (!map.unwanted.empty()) warn_once(unwanted_line(map));
        for (const Path& path : map.paths)
            if (path.prioritizer == Prioritizer::random || path.prioritizer == Prioritizer::path_latency)
                warn_once(cat(safe(path.prioritizer_from), ": nobody can foretell it; const in its place"));
    }
}

void MapKeeper::warn_once(const std::string& line) {
    if (warned_.insert(line).second) doors_.log.warn(line);
}

Kept MapKeeper::kept(const HandOff& others) const {
    Kept kept;
    for (const Map& map : decided_.maps) {
        if (!find(map_uuid(map.wwid))) continue;
        ++kept.maps;
        if (!kept.lacking && !others.is_theirs(map.wwid)) kept.lacking = &map;
    }
    return kept;
}

void MapKeeper::decide(std::vector<Path>&& paths, const HandOff& others) {
    again_ = applying_.has_value();
    if (again_) return;
    next_.reset();
    readers_.start_over();
    refresh_present();
    spell_as_paths(present_, paths);
    leave_out(paths);
    decided_ = {};  // thousands of paths need not be there twice
    decided_ = coalesce(paths, rules_, present_);
    report(decided_.refused);
    warn_of(decided_.maps);
    Plan wanted = plan(decided_, present_);
    report(wanted.refused);
    std::vector<DmAction> actions = std::move(wanted.actions);
    if (role_ == Role::keep) count_retries(actions);
    if (role_ != Role::decide) follow_partitions(actions);

    if (!refusals_.empty()) {
        std::vector<std::string> keys;
        for (const DmAction& action : actions) keys.push_back(key_of(action));
        std::erase_if(refusals_, [&](const Refusal& refusal) { return !has_word(keys, refusal.action); });
    }
    if (!acts()) return;
    if (!rules_.keep_partitions) partitions_.start();
    drop_held_back(actions, others);
    if (!actions.empty()) start_batch(reloads_last(std::move(actions)));
}

void MapKeeper::again_at(Moment moment) { next_ = next_ ? std::min(*next_, moment) : moment; }

MapKeeper::Refusal* MapKeeper::refusal_of(std::string_view key) {
    for (Refusal& one : refusals_)
        if (one.action == key) return &one;
    return nullptr;
}

bool MapKeeper::held_back(const DmAction& action) {
    if (refusals_.empty()) return false;
    const Refusal* refusal = refusal_of(key_of(action));
    if (!refusal || refusal->backoff.again <= doors_.events.now()) return false;
    again_at(refusal->backoff.again);
    return true;
}

/// A map that has no path left does not wait: its I/O does.
bool MapKeeper::waits_for_udev(const DmAction& action) const {
    if (action.kind == DmAction::Kind::message) return false;
    const auto live = std::ranges::find(present_, action.name, &DmMap::name);
    return live == present_.end() || live->status.empty() || has_active_path(live->status);
}

/// A map, or a partition of it. One that is not there any more, multipathd may have removed.
bool MapKeeper::is_theirs(const DmAction& action, const HandOff& others) const {
    return action.kind == DmAction::Kind::create || std::ranges::any_of(decided_.maps, [&](const Map& map) {
               return (action.name == map.name || action.name.starts_with(cat(map.name, rules_.delimiter))) &&
                      others.is_theirs(map.wwid);
           });
}

void MapKeeper::drop_held_back(std::vector<DmAction>& actions, const HandOff& others) {
    auto loads = [](const DmAction& action) { return action.kind != DmAction::Kind::message; };
    const auto udev_away =
        std::ranges::any_of(actions, loads) ? udev_.look(doors_.neighbours, doors_.events.now()) : std::nullopt;
    if (udev_away) again_at(*udev_away);
    std::string load;  // the map of a load that is held back, and with it what is to be said after it
    std::erase_if(actions, [&](const DmAction& action) {
        const bool held = (udev_away && waits_for_udev(action)) || held_back(action);
        if (loads(action)) load = held ? action.name : "";
        return held || load == action.name || (others.shared() && is_theirs(action, others));
    });
}

void MapKeeper::count_retries(std::vector<DmAction>& actions) {
    for (DmAction& action : retries_.look(decided_.maps, present_, doors_.events.now()))
        actions.push_back(std::move(action));
    letting_go_.look(doors_.neighbours, present_, doors_.events.now(), actions);
    if (auto over = retries_.next()) again_at(*over);
}

void MapKeeper::follow_partitions(std::vector<DmAction>& actions) {
    const PresentMaps present(present_);
    for (bool named : {true, false})
        for (const Map& map : decided_.maps)
            if (has_word(rules_.named, map.wwid) == named) follow_partitions(map, present, actions);
}

void MapKeeper::follow_partitions(const Map& map, const PresentMaps& present, std::vector<DmAction>& actions) {
    const DmMap* live = find(map_uuid(map.wwid));
    if (!live) return readers_.drop(map.wwid);
    auto& reading = readers_.of(map, live->dev);
    if (map.skip_partitions) return reading.mirror(doors_.events.now());
    if (!reading.table) {
        if (usable(*live)) readers_.start(reading);
        return;
    }
    if (!std::exchange(reading.judged, true)) {
        use_kernels(*reading.table, doors_.sysfs, map);
        if (!reading.table->note.empty()) report({{map.name, cat("partition table: ", reading.table->note)}});
    }
    auto steps = plan_partitions(*live, *reading.table, present, rules_.delimiter);
    report(steps.refused);
    if (!steps.actions.empty()) reading.mirrored.reset();
    if (steps.actions.empty()) reading.mirror(doors_.events.now());
    if (steps.actions.empty() && steps.refused.empty()) partitions_.look(map, *reading.table);
    for (DmAction& action : steps.actions) actions.push_back(std::move(action));
}

void MapKeeper::prepare_writes() {
    writes_.clear();
    for (const auto& action : batch_) {
        if (action.table.empty()) continue;
        for (const Map& map : decided_.maps)
            if (map.name == action.name)
                for (auto& write : timeouts(map, rules_, doors_.sysfs)) writes_.push_back(std::move(write));
    }
}

void MapKeeper::start_batch(std::vector<DmAction>&& actions) {
    batch_ = std::move(actions);
    prepare_writes();
    auto work = [this] {
        for (const auto& write : writes_)
            (void)doors_.sysfs.write(write.path, write.value);  // not all drivers take them
        return encode(doors_.dm.apply(batch_, udev_patience));
    };
    auto worker = doors_.workers.start(work, batch_deadline);
    if (!worker) return give_up(worker.error());
    applying_ = *worker;
}

void MapKeeper::finish_batch(const WorkDone& done) {
    applying_.reset();
    auto outcome = done.output ? decode_outcome(*done.output) : std::unexpected(done.output.error());
    if (!outcome) return give_up(outcome.error());
    said_.erase(dm_subject);
    if (outcome->udev_late)
        doors_.log.warn("udev did not confirm the maps within ", udev_patience / 1s, " s, going on without it");
    const DmAction* refused = nullptr;
    for (std::size_t i = 0; i < batch_.size() && i < outcome->results.size(); ++i) {
        const DmAction& action = batch_[i];
        if (outcome->results[i]) continue;
        // A message after a refused load waits with it and has its error.
        if (action.kind == DmAction::Kind::message && refused && refused->name == action.name) continue;
        if (action.kind != DmAction::Kind::message) refused = &action;
        remember_refusal(action, outcome->results[i].error());
    }
}

/// The whole batch came to nothing, or nobody knows what came of it: one line.
void MapKeeper::give_up(const Error& error) {
    say_once(dm_subject, error.what(), ", trying again");
    for (const auto& action : batch_) hold_back(action);
}

void MapKeeper::remember_refusal(const DmAction& action, const Error& error) {
    std::string_view what = error.what();
    if (auto subject = cat(safe(action.name), ": "); what.starts_with(subject)) what.remove_prefix(subject.size());
    say_once(action.name, what, ", trying again");
    if (!action.table.empty()) find_culprits(action, what);
    hold_back(action);
}

/// To blame are, of a first table, the paths that the text names ("…: sdb sdc"), and of another those that the present
/// one lacks. Not all of a map's paths: then the next attempt is worth as much as a table without any.
void MapKeeper::find_culprits(const DmAction& action, std::string_view why) {
    table_refused_ = true;
    auto map = std::ranges::find(decided_.maps, action.name, &Map::name);
    if (map == decided_.maps.end() || !why.contains("refused the table")) return;
    const DmMap* live = find(map_uuid(map->wwid));
    bool first = !live || live->table.empty();
    auto words = cat(first ? why : std::string_view(live->table[0].params), ' ');
    auto before = left_out_.size();
    for (const Path& path : map->paths)
        if (words.contains(cat(' ', first ? path.name : text(path.dev), ' ')) == first) left_out_.push_back(path.dev);
    if (left_out_.size() - before == map->paths.size()) left_out_.clear();
    left_out_until_ = doors_.events.now() + left_out_time;
}

/// As a path that the kernel would refuse by its state.
void MapKeeper::leave_out(std::vector<Path>& paths) {
    if (left_out_until_ <= doors_.events.now()) left_out_.clear();
    if (left_out_.empty()) return;
    again_at(left_out_until_);
    for (Path& path : paths) {
        if (std::ranges::find(left_out_, path.dev) == left_out_.end()) continue;
        path.state = PathState::down;
        path.state_from = path.kernel_state = "refused by the kernel";
    }
}

void MapKeeper::hold_back(const DmAction& action) {
    auto key = key_of(action);
    Refusal* known = refusal_of(key);
    if (!known) known = &refusals_.emplace_back(std::move(key), Backoff{});
    known->backoff.grow(doors_.events.now());
    again_at(known->backoff.again);
}

bool MapKeeper::absorb(const WorkDone& done) {
    if (partitions_.absorb(done)) return false;
    if (applying_ != done.id) return readers_.absorb(done);
    finish_batch(done);
    return true;
}

std::optional<Moment> MapKeeper::next() const {
    if (applying_) return std::nullopt;
    return next_ && readers_.next() ? std::min(next_, readers_.next()) : next_ ? next_ : readers_.next();
}

/// Where udev is, it has made the links of the map and its partitions, or takes too long.
bool MapKeeper::announced(const DmMap& live, Moment since) const {
    auto* others = doors_.neighbours;
    if (role_ != Role::read || !others || !others->udev_listens() || doors_.events.now() >= since + udev_patience)
        return true;
    return std::ranges::all_of(
        present_, [&](const DmMap& map) { return !map.uuid.ends_with(live.uuid) || has_links(doors_.files, map.dev); });
}

MapKeeper::Standing MapKeeper::standing(std::string_view wwid) const {
    const DmMap* live = find(map_uuid(wwid));
    const auto mirrored = readers_.mirrored(wwid);
    if (!live || !usable(*live) || !mirrored) return Standing::incomplete;
    return announced(*live, *mirrored) ? Standing::complete : Standing::unannounced;
}

bool MapKeeper::awaits_udev() const {
    return role_ == Role::read && std::ranges::any_of(decided_.maps, [&](const Map& map) {
               return standing(map.wwid) == Standing::unannounced;
           });
}

}  // namespace rdm
