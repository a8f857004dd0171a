// SPDX-License-Identifier: GPL-2.0-or-later
#include "boot/engine.h"

#include <algorithm>
#include <cerrno>

#include "map/name.h"

namespace rdm {

namespace {

using namespace std::chrono_literals;

/// Changes within this time of the first go into one decision and one reload.
constexpr Milliseconds least_window = 30ms;
/// With thousands of paths a decision takes longer than that: then it may take a fifth of the time, not all of it.
constexpr int window_factor = 4;
/// `assemble` has all it needs, but paths are still silent: it stays for a multiple of what the others took, at least
/// this. And so long does everybody wait for the first answers of all.
constexpr Milliseconds least_patience = 100ms;
constexpr int patience_factor = 4;
/// `assemble` lacks a map, and a path that might carry it is silent: how long it hopes for one more answer.
constexpr Milliseconds longest_patience = 10s;
/// How often `run` looks at its maps although nothing happened: as multipathd's polling_interval.
constexpr Milliseconds look_interval = 5s;
/// What is known when so many events came at once: there are more. And a bound, should that never end.
constexpr std::size_t many = 32;
constexpr std::size_t most_turns = 256;
/// Told to stop while a batch is under way: a map is not left between its table and its resume, unless this is over.
constexpr Milliseconds stop_patience = 10s;
/// udev says to those who listen to all that it does when it is done with a device; a look costs less.
constexpr Milliseconds udev_interval = 20ms;

PathWatch::Asking asking(Duty duty) {
    switch (duty) {
        case Duty::run:
        case Duty::assemble:
            return PathWatch::Asking::again;
        case Duty::look:
            return PathWatch::Asking::once;
        case Duty::wait:
        case Duty::wait_for_present:
            return PathWatch::Asking::never;
    }
    return PathWatch::Asking::never;
}

MapKeeper::Role role(Duty duty) {
    switch (duty) {
        case Duty::run:
            return MapKeeper::Role::keep;
        case Duty::assemble:
            return MapKeeper::Role::act;
        case Duty::wait:
        case Duty::wait_for_present:
            return MapKeeper::Role::read;
        case Duty::look:
            return MapKeeper::Role::decide;
    }
    return MapKeeper::Role::decide;
}

std::string_view last_part(std::string_view path) { return path.substr(path.rfind('/') + 1); }

std::optional<Moment> sooner(std::optional<Moment> a, std::optional<Moment> b) {
    if (a && b) return std::min(*a, *b);
    return a ? a : b;
}

Milliseconds since_start(Moment now) { return std::chrono::duration_cast<Milliseconds>(now.time_since_epoch()); }

}  // namespace

Engine::Engine(const Doors& doors, const Rules& rules, Duty duty)
    : doors_(doors),
      rules_(rules),
      duty_(duty),
      paths_(doors, rules_, asking(duty)),
      keeper_(doors, rules_, role(duty)),
      smart_wait_(doors, rules_),
      hand_off_(doors_, duty == Duty::run ? doors.neighbours : nullptr),
      window_(least_window) {}

Result<void> Engine::work(std::optional<Moment> limit) {
    const auto asked_for = limit;
    paths_.enumerate();
    due_ = doors_.events.now() + least_patience;
    for (std::size_t least = SIZE_MAX;;) {
        TRY(take_all(wake(limit)));
        // Thousands of paths may take longer than that, as long as one more answer has come in between.
        const auto open = paths_.unanswered();
        if (open < least && (duty_ == Duty::assemble || duty_ == Duty::look)) {
            least = open;
            limit = sooner(asked_for, doors_.events.now() + longest_patience);
        }
        if (stop_) {
            if (!keeper_.applying() || doors_.events.now() >= *stop_) return {};
        } else {
            paths_.tick();
            make_way();
            decide_if_due();
            if (done()) return {};
            // What has begun is finished first: `wait --timeout 0` is one look, partition tables and all.
            if (limit && doors_.events.now() >= *limit && !in_work()) return {};
        }
    }
}

/// Where many come at once, there are more: what is there already goes into one decision, and nobody is said to be
/// silent whose answer only has to be read.
Result<void> Engine::take_all(std::optional<Moment> until) {
    for (std::size_t turn = 0, count = many; turn < most_turns && count >= many; ++turn) {
        const auto events = TRY(doors_.events.wait(until));
        for (const Event& event : events) take(event);
        count = events.size();
        until = doors_.events.now();
    }
    return {};
}

std::optional<Moment> Engine::wake(std::optional<Moment> limit) const {
    if (stop_) return stop_;
    auto soonest = sooner(paths_.next(), hand_off_.next());
    if (!hand_off_.frozen()) soonest = sooner(soonest, sooner(due_, next_look()));
    // What follows only ends the loop, and that waits for what has begun.
    if (in_work()) return soonest;
    if (complete_since_) soonest = sooner(soonest, patient_until());
    if (keeper_.awaits_udev()) soonest = sooner(soonest, doors_.events.now() + udev_interval);
    return sooner(soonest, limit);
}

/// Messages from outside make no event, nor do paths that the kernel fails where it was built without CONFIG_DM_UEVENT.
std::optional<Moment> Engine::next_look() const {
    if (duty_ != Duty::run) return keeper_.next();
    const auto next = sooner(keeper_.next(), smart_wait_.next());
    if (keeper_.decided().maps.empty()) return next;
    return sooner(next, decided_at_ + std::max(look_interval, window_ * window_factor));
}

void Engine::take(const Event& event) {
    switch (event.kind) {
        case Event::Kind::uevent:
            take_uevent(event.uevent);
            break;
        case Event::Kind::uevents_lost:
            paths_.enumerate();
            keeper_.partitions().look_again();
            due_ = doors_.events.now();
            break;
        case Event::Kind::scsi:
            paths_.absorb(*event.scsi);
            break;
        case Event::Kind::work: {
            if (hand_off_.absorb(*event.work)) {
                hand_off_.judge(keeper_.kept(hand_off_));
                break;
            }
            const bool applied = keeper_.applying();
            if (keeper_.absorb(*event.work)) {
                const bool more = keeper_.reads() && keeper_.applying() == applied;
                due_ = sooner(due_, doors_.events.now() + (more ? window_ : Milliseconds::zero()));
            }
            if (keeper_.take_refused()) paths_.check_all();
            break;
        }
        case Event::Kind::stop:
            if (!stop_) stop_ = doors_.events.now() + stop_patience;
            break;
    }
}

void Engine::take_uevent(const Uevent& event) {
    const auto subsystem = event.property("SUBSYSTEM");
    if (subsystem == "scsi" && event.action == "add") paths_.note_scsi_device(last_part(event.sys_path));
    if (subsystem != "block") return;
    auto name = last_part(event.sys_path);
    if (name.starts_with("dm-")) {
        auto path = devno(event.property("DM_PATH"));
        if (path && event.property("DM_ACTION") == "PATH_FAILED") paths_.doubt(*path);
        if (!due_) due_ = doors_.events.now() + window_;
        return;
    }
    const auto type = event.property("DEVTYPE");
    if (type == "partition" && event.action == "add") {
        const std::string_view path = event.sys_path;
        keeper_.partitions().found_on(last_part(path.substr(0, path.rfind('/'))));
        due_ = sooner(due_, doors_.events.now() + window_);
    }
    if (type != "disk") return;
    if (event.action == "remove")
        paths_.vanish(name);
    else
        paths_.appear(name);
}

/// What happens while multipathd begins is decided once it has ended, or has left a map to us.
void Engine::make_way() {
    const bool frozen = hand_off_.frozen();
    hand_off_.look(!keeper_.decided().maps.empty());
    if (frozen && !hand_off_.frozen()) due_ = doors_.events.now();
}

void Engine::decide_if_due() {
    auto now = doors_.events.now();
    if (hand_off_.frozen()) return due_.reset();
    // At the start there is nothing to wait for once everybody has answered, and more to lose before: a map of nothing
    // but standby paths has the array change sides.
    if (paths_.take_changed() && !due_) due_ = now + (cold_ ? std::max(window_, least_patience) : window_);
    if (cold_ && due_ && paths_.unanswered() == 0) due_ = std::min(*due_, now);
    auto look = next_look();
    if ((!look || *look > now) && (!due_ || *due_ > now)) return;
    due_.reset();
    decided_at_ = now;
    cold_ = cold_ && paths_.unanswered() > 0;
    keeper_.decide(paths_.paths(), hand_off_);
    if (duty_ == Duty::run && smart_wait_.is_smart()) smart_wait_.look(paths_.paths(), keeper_.decided());
    tell_news();
    auto took = std::chrono::duration_cast<Milliseconds>(doors_.events.now() - now);
    window_ = std::max(least_window, took * window_factor);
}

void Engine::tell_news() {
    if (duty_ != Duty::run && duty_ != Duty::assemble) return;
    auto summary = summarize(decided(), present());
    for (const auto& line : news(told_, summary, since_start(doors_.events.now()))) doors_.log.info(line);
    told_ = std::move(summary);
}

std::vector<std::string> Engine::missing() const {
    std::vector<std::string> lacking = rules_.named;
    // Where nobody has configured multipath, names say which maps are wanted at all: one that is there is nobody's
    // wish.
    if (lacking.empty() || !(rules_.named_alone || rules_.root_only || names_decide(rules_)))
        for (const Map& map : keeper_.decided().maps)
            if (!is_named(rules_, map.wwid)) lacking.push_back(map.wwid);
    std::erase_if(lacking, [&](const std::string& wwid) { return keeper_.complete(wwid); });
    return lacking;
}

bool Engine::nothing_to_do() const { return rules_.named.empty() && keeper_.decided().maps.empty(); }

Moment Engine::patient_until() const {
    return *complete_since_ + std::max(least_patience, paths_.slowest() * patience_factor);
}

/// Silent paths are waited for only as long as it costs next to nothing.
bool Engine::patient() {
    if (paths_.unanswered() == 0) return false;
    auto now = doors_.events.now();
    if (!complete_since_) complete_since_ = now;
    return now < patient_until();
}

bool Engine::done() {
    if (duty_ == Duty::run) return hand_off_.over() && !keeper_.applying();
    if (in_work()) return false;
    if (duty_ == Duty::look) return !patient();
    bool complete = missing().empty() && (duty_ == Duty::wait_for_present || !nothing_to_do());
    if (duty_ == Duty::wait || duty_ == Duty::wait_for_present) return complete;
    if (complete) return !patient();
    complete_since_.reset();
    return paths_.unanswered() == 0 && !keeper_.next();
}

Result<World> look_at(const Rules& rules, const Doors& doors) {
    Engine engine(doors, rules, Duty::look);
    TRY(engine.work({}));
    return engine.take_world();
}

}  // namespace rdm
