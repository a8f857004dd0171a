// SPDX-License-Identifier: GPL-2.0-or-later
#include "boot/hand_off.h"

#include "kernel/seconds.h"

namespace rdm {

namespace {

using namespace std::chrono_literals;

constexpr Milliseconds look_interval = 1s;
constexpr Milliseconds idle_interval = 5s;
constexpr Milliseconds ask_deadline = 8s;
/// How long after its lock multipathd may take to list a map; and to answer at all, for it has no time for anybody
/// while it configures thousands of paths.
constexpr Milliseconds list_patience = 30s;
constexpr Milliseconds answer_patience = 120s;

}  // namespace

void HandOff::look(bool maps) {
    if (!next_) return;
    const auto now = doors_.events.now();
    if (!neighbours_->multipathd_runs()) {
        since_.reset();
        theirs_.clear();
        late_ = false;
    } else if (!since_) {
        since_ = now;
        doors_.log.info("multipathd has started, the maps are left to it");
    }
    if (*next_ > now) return;
    next_ = now + (maps ? look_interval : idle_interval);
    if (!since_ || worker_) return;
    // It may end before the worker begins.
    auto work = [this] { return neighbours_->multipathd_runs() ? neighbours_->multipathd_maps() : std::string(); };
    auto worker = doors_.workers.start(work, ask_deadline);
    if (worker) worker_ = *worker;
}

bool HandOff::absorb(const WorkDone& done) {
    if (worker_ != done.id) return false;
    worker_.reset();
    const auto said = done.output.value_or("");
    answered_ = !said.empty() && !said.starts_with("timeout");
    if (answered_ && since_) theirs_ = cat('\n', said);
    return true;
}

void HandOff::judge(const Kept& kept) {
    if (!since_) return;
    const auto now = doors_.events.now();
    over_ = answered_ && !kept.lacking;
    if (over_) {
        next_.reset();
        return doors_.log.notice("multipathd has taken over ", kept.maps, kept.maps == 1 ? " map" : " maps", " after ",
                                 seconds(now), "; leaving");
    }
    if (late_ || !kept.lacking || now - *since_ < (answered_ ? list_patience : answer_patience)) return;
    late_ = true;
    doors_.log.warn(safe(kept.lacking->name), ": multipathd does not take it over, going on; run: multipath -a /dev/",
                    safe(kept.lacking->paths[0].name), "; multipathd reconfigure");
}

}  // namespace rdm
