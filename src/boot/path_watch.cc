// SPDX-License-Identifier: GPL-2.0-or-later
#include "boot/path_watch.h"

#include <algorithm>
#include <cerrno>
#include <ranges>

#include "base/sort.h"
#include "path/claim.h"

namespace rdm {

namespace {

using namespace std::chrono_literals;

/// As multipathd's polling_interval; paths that are not in use are looked at more often, since boot waits for them.
constexpr Milliseconds check_interval = 5s;
constexpr Milliseconds eager_interval = 1s;
/// Checks in one go: whatever else has happened has its turn in between.
constexpr int checks_at_once = 16;
/// With thousands of paths on a slow machine, checks come less often, so that they take a tenth of the time at most.
constexpr int idle_factor = 10;
/// A path that keeps silent for so long is told; one in use takes no more I/O until it answers.
constexpr Milliseconds answer_patience = 5s;

/// Disks put aside are looked at when a wanted one is not among the others, and none has come for a while.
constexpr Milliseconds aside_calm = 1s;
constexpr Milliseconds aside_patience = 5s;
/// As long after the last SCSI device, drivers for all: when a wanted disk is not among those that have one, and when
/// root needs more than was recorded, so that this boot is still here.
constexpr Milliseconds drivers_patience = 5s;
constexpr Milliseconds drivers_longest = 10s;
constexpr int most_bindings = 100;
constexpr Milliseconds binding_deadline = 5s;
constexpr std::string_view automatic_drivers = "bus/scsi/drivers_autoprobe";

/// Lines for as many paths that keep silent.
constexpr int most_silent_told = 8;

std::string_view name_of(ScsiCommand command) {
    switch (command) {
        case ScsiCommand::inquiry:
            return "INQUIRY";
        case ScsiCommand::vpd:
            return "VPD page";
        case ScsiCommand::test_unit_ready:
            return "TEST UNIT READY";
        case ScsiCommand::report_target_port_groups:
            return "REPORT TARGET PORT GROUPS";
        case ScsiCommand::read:
            return "READ";
        case ScsiCommand::netapp_attributes:
            return "NetApp's page 41h";
        case ScsiCommand::nvme_ana:
            return "ANA log page";
    }
    return "";
}

bool in_use(PathState state) { return state == PathState::up || state == PathState::ghost; }

Milliseconds interval(const Path& path) { return in_use(path.state) ? check_interval : eager_interval; }

Milliseconds between(Moment from, Moment to) { return std::chrono::duration_cast<Milliseconds>(to - from); }

}  // namespace

void PathWatch::enumerate() {
    auto names = rdm::enumerate(doors_.sysfs);
    if (!names) {
        doors_.log.err(names.error().what());
        return;
    }
    note_scsi_device("");
    std::vector<std::string> gone;
    for (const auto& [name, _] : watched_)
        if (!std::ranges::binary_search(*names, name)) gone.push_back(name);
    for (const auto& name : gone) vanish(name);
    for (const auto& name : *names) appear(name);
}

/// By one attribute, which the record of the boot's disks has too. One that a map holds already is worth a look for
/// those who only wait for maps.
bool PathWatch::is_foreign(std::string_view name) const {
    const auto& needed = identification_.rules.boot_disks;
    if (needed.empty() || everything_ || asking_ == Asking::once || watched_.contains(name) || !can_be_path(name))
        return false;
    const auto wwid = sysfs_wwid(doors_.sysfs, name);
    if (wwid.empty() || std::ranges::find(needed, wwid) != needed.end()) return false;
    return asking_ == Asking::again || !claim_by_holder(doors_.sysfs, name);
}

void PathWatch::appear(std::string_view name) {
    if (!is_foreign(name)) return look_at(name);
    auto now = doors_.events.now();
    if (!aside_from_) aside_from_ = now;
    aside_last_ = now;
}

/// A wanted WWID that no path bears.
bool PathWatch::lacks() const {
    return std::ranges::any_of(identification_.rules.named, [this](const std::string& wwid) {
        return std::ranges::none_of(watched_, [&](auto& one) { return one.second.probe->path.wwid == wwid; });
    });
}

/// What was recorded is not the whole truth, or root's disk is late: once no more disks come, or after a while.
Moment PathWatch::aside_due() const { return std::min(aside_last_ + aside_calm, *aside_from_ + aside_patience); }

void PathWatch::look_at_aside() {
    if (!aside_from_ || doors_.events.now() < aside_due() || !lacks()) return;
    aside_from_.reset();
    everything_ = true;
    enumerate();
    everything_ = false;
}

/// Udev binds, too, in its turn, which may be long in coming. A sick disk holds up the one process that binds it; and
/// Linux 6.12.117 has a device probed a moment after it is announced, not sooner.
void PathWatch::note_scsi_device(std::string_view name) {
    const auto& needed = identification_.rules.boot_disks;
    if (needed.empty() || asking_ != Asking::again) return;
    driverless_from_ = doors_.events.now();
    auto& sysfs = doors_.sysfs;
    const auto wwid = sysfs.word(cat("bus/scsi/devices/", name, "/wwid"));
    const bool is_needed = wwid && std::ranges::find(needed, *wwid) != needed.end();
    if (!is_needed || sysfs.word(automatic_drivers) != "0") return;
    auto work = [&sysfs, device = std::string(name)] {
        for (int n = 0; n < most_bindings && !sysfs.write("bus/scsi/drivers_probe", device); ++n) pause_for(10ms);
        return std::string();
    };
    (void)doors_.workers.start(std::move(work), binding_deadline);
}

Moment PathWatch::drivers_due() const { return *driverless_from_ + (lacks() ? drivers_patience : drivers_longest); }

/// Udev binds them, at an event of ours: a sick disk holds up whoever does.
void PathWatch::bind_drivers() {
    if (!driverless_from_ || doors_.events.now() < drivers_due()) return;
    driverless_from_.reset();
    auto& sysfs = doors_.sysfs;
    if (sysfs.word(automatic_drivers) != "0" || !sysfs.write(automatic_drivers, "1")) return;
    for (const auto& name : sysfs.names("bus/scsi/devices")) {
        const auto device = cat("bus/scsi/devices/", name);
        const bool is_lun = name[0] <= '9';  // hosts and targets are there as well
        if (is_lun && !sysfs.list(cat(device, "/driver"))) (void)sysfs.write(cat(device, "/uevent"), "add");
    }
}

void PathWatch::look_at(std::string_view name) {
    auto known = watched_.find(name);
    auto found = identify(identification_, name);
    if (!found) {
        if (known != watched_.end() || found.error().code() != EINVAL) vanish(name);
        return;
    }
    auto& probe = *found;
    bool same =
        known != watched_.end() && known->second.probe->path.sys_path == probe->path.sys_path &&
        known->second.probe->path.dev == probe->path.dev &&
        (probe->path.wwid.empty() || known->second.probe->path.wwid == probe->path.wwid);  // sysfs may have none
    if (same) {
        known->second.next_check = doors_.events.now();
        return;
    }
    vanish(name);
    const auto& rules = identification_.rules;
    if (rules.root_only && asking_ == Asking::again && !probe->path.wwid.empty() && !is_named(rules, probe->path.wwid))
        return;
    Watched& watched = watched_[std::string(name)];
    watched.probe = std::move(probe);
    if (asking_ == Asking::again && !watched.probe->path.wwid_differs.empty())
        doors_.log.warn(name, ": ", watched.probe->path.wwid_differs, "; going on with udev's");
    watched.next_check = doors_.events.now() + interval(watched.probe->path);
    changed_ = true;
    ask(watched);
}

void PathWatch::vanish(std::string_view name) {
    auto known = watched_.find(name);
    if (known == watched_.end()) return;
    forget(known->second);
    watched_.erase(known);
    changed_ = true;
}

void PathWatch::forget(Watched& watched) {
    for (const auto& [id, _] : watched.out) {
        doors_.scsi.forget(id);
        asked_.erase(id);
    }
    watched.out.clear();
}

void PathWatch::check_all() {
    for (auto& [name, watched] : watched_) watched.next_check = doors_.events.now();
}

void PathWatch::doubt(DevNo dev) {
    if (asking_ != Asking::again) return;
    auto now = doors_.events.now();
    for (auto& [name, watched] : watched_) {
        if (watched.probe->path.dev != dev || !in_use(watched.probe->path.state) || watched.held) continue;
        rdm::doubt(*watched.probe);
        watched.held = now < watched.calm_from;
        watched.calm_from = now + 2 * check_interval;
        watched.next_check = watched.held ? now + check_interval : now;
        changed_ = true;
    }
}

void PathWatch::ask(Watched& watched) {
    if (asking_ == Asking::never) return;
    for (auto requests = take_questions(*watched.probe); !requests.empty(); requests = take_questions(*watched.probe)) {
        for (auto& request : requests) {
            auto id = doors_.scsi.submit(request);
            if (id) {
                watched.out.emplace(*id, Question{std::move(request), doors_.events.now()});
                asked_.emplace(*id, &watched);
                continue;
            }
            ScsiAnswer answer;
            answer.failure = id.error();
            rdm::absorb(*watched.probe, request, answer);
        }
    }
    note_answered(watched);
}

void PathWatch::note_answered(Watched& watched) {
    if (watched.answered || !watched.out.empty()) return;
    watched.answered = changed_ = true;
    // The first answers may be long in coming; they are as good as a check.
    watched.next_check = doors_.events.now() + interval(watched.probe->path);
}

bool PathWatch::absorb(const ScsiAnswer& answer) {
    auto asked = asked_.find(answer.id);
    if (asked == asked_.end()) return false;
    Watched& watched = *asked->second;
    asked_.erase(asked);
    auto [request, sent] = std::move(watched.out.extract(answer.id).mapped());
    if (!watched.answered) slowest_ = std::max(slowest_, between(sent, doors_.events.now()));
    Path before = current(watched);
    watched.overdue = false;
    rdm::absorb(*watched.probe, request, answer);
    ask(watched);
    if (current(watched) != before) changed_ = true;
    return true;
}

void PathWatch::check_patience(Watched& watched, Moment now) {
    if (watched.overdue) return;
    const Path& path = watched.probe->path;
    for (const auto& [id, question] : watched.out) {
        if (now - question.sent < answer_patience) continue;
        watched.overdue = changed_ = true;
        // Whoever sees a path in use leave its map needs no second line.
        if (in_use(path.state) || silent_ > most_silent_told) return;
        if (++silent_ > most_silent_told)
            doors_.log.warn("more paths do not answer; see: rdmpath list");
        else
            doors_.log.warn(escape(path.wwid), path.wwid.empty() ? "" : ": ", path.name, " does not answer (",
                            name_of(question.request.command), ", ", answer_patience / 1s,
                            " s so far), going on without it");
        return;
    }
}

void PathWatch::tick() {
    if (asking_ != Asking::again) return;
    look_at_aside();
    bind_drivers();
    auto now = doors_.events.now();
    int checks = 0;
    for (auto& [name, watched] : watched_) {
        check_patience(watched, now);
        if (checks == checks_at_once || watched.next_check > now || !watched.out.empty()) continue;
        ++checks;
        Path before = current(watched);
        watched.held = false;
        recheck(*watched.probe, doors_.sysfs);
        ask(watched);
        auto after = current(watched);
        watched.next_check = now + std::max(interval(after), round_);
        if (after != before) changed_ = true;
    }
    if (checks == 0) return;
    auto each = between(now, doors_.events.now()) / checks;
    round_ = each * static_cast<Milliseconds::rep>(watched_.size()) * idle_factor;
}

std::optional<Moment> PathWatch::next() const {
    if (asking_ != Asking::again) return std::nullopt;
    std::optional<Moment> soonest;
    auto consider = [&](Moment when) { soonest = soonest ? std::min(*soonest, when) : when; };
    if (aside_from_ && lacks()) consider(aside_due());
    if (driverless_from_) consider(drivers_due());
    for (const auto& [name, watched] : watched_) {
        if (watched.out.empty()) consider(watched.next_check);
        if (watched.overdue) continue;
        for (const auto& [id, question] : watched.out) consider(question.sent + answer_patience);
    }
    return soonest;
}

std::size_t PathWatch::unanswered() const {
    if (asking_ == Asking::never) return 0;
    std::size_t open = 0;
    for (const auto& [name, one] : watched_)
        open += one.answered ? one.probe->path.state == PathState::pending : 1 + one.out.size();
    return open;
}

Milliseconds PathWatch::silent_for(const Watched& watched) const {
    if (watched.out.empty()) return 0ms;
    return between(std::ranges::min(watched.out | std::views::values, {}, &Question::sent).sent, doors_.events.now());
}

Path PathWatch::current(const Watched& watched) const {
    Path path = watched.probe->path;
    if (watched.held && path.state != PathState::down) {
        path.state = PathState::pending;
        path.state_from = "failed by the kernel again";
    }
    if (watched.out.empty()) return path;
    const Question& oldest = std::ranges::min(watched.out | std::views::values, {}, &Question::sent);
    if (watched.overdue || path.state == PathState::pending)
        path.state_from = cat("no answer to ", name_of(oldest.request.command));
    if (watched.overdue && in_use(path.state)) path.state = PathState::down;
    return path;
}

std::vector<Path> PathWatch::paths() const {
    std::vector<const Watched*> order;
    for (const auto& [name, watched] : watched_) order.push_back(&watched);
    sort_by(order, {}, [](const Watched* one) -> const std::string& { return one->probe->path.sys_path; });
    std::vector<Path> all;
    all.reserve(order.size());
    for (const auto* one : order) {
        all.push_back(current(*one));
        if (one->overdue) all.back().state_from += cat(" for ", silent_for(*one) / 1s, " s");
    }
    return all;
}

}  // namespace rdm
