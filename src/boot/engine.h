// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "boot/doors.h"
#include "boot/hand_off.h"
#include "boot/map_keeper.h"
#include "boot/path_watch.h"
#include "boot/smart_wait.h"
#include "boot/summary.h"
#include "boot/world.h"
#include "config/rules.h"

namespace rdm {

/// What a verb wants of the loop.
enum class Duty {
    run,               ///< assemble, then keep the maps healthy until told to stop, or until multipathd has them
    assemble,          ///< the same work, once
    wait,              ///< touch nothing, ask no device; until the wanted maps are usable
    wait_for_present,  ///< likewise, but there may be none: of the disks that are there now, and those named
    look,              ///< probe and decide once; touch nothing (list, plan, explain)
};

/// The event loop: everything that happens arrives here, in one thread, and nothing here blocks.
class Engine {
public:
    Engine(const Doors& doors, const Rules& rules, Duty duty);

    /// Works until its duty is done (run: until SIGTERM, SIGINT or multipathd) or `limit` is reached, and at most 10 s
    /// for assemble and look. What device-mapper has begun is finished first, at most 10 s after a signal. An error is
    /// the loop's own.
    Result<void> work(std::optional<Moment> limit);

    /// Everything known at the end, taken out of the loop: the last thing to ask.
    [[nodiscard]] World take_world() { return keeper_.take_world(paths_.paths()); }
    [[nodiscard]] const Coalesced& decided() const { return keeper_.decided(); }
    [[nodiscard]] const std::vector<DmMap>& present() const { return keeper_.present(); }
    /// All disks that were looked at.
    [[nodiscard]] std::vector<Path> paths() const { return paths_.paths(); }
    /// WWIDs that are wanted, and not usable with their partitions yet: those that a verb's words name; else those that
    /// the kernel's command line names and those of all maps that the configuration makes; without either, of all maps.
    [[nodiscard]] std::vector<std::string> missing() const;
    /// No WWID was asked for, and there is none to make a map of.
    [[nodiscard]] bool nothing_to_do() const;
    /// SIGTERM or SIGINT arrived.
    [[nodiscard]] bool stopped() const { return stop_.has_value(); }
    /// The main system's multipathd has all maps.
    [[nodiscard]] bool handed_over() const { return hand_off_.over(); }
    /// The kernel refused something that is still wanted.
    [[nodiscard]] bool refused() const { return keeper_.refused(); }

private:
    void take(const Event& event);
    void take_uevent(const Uevent& event);
    void make_way();
    void decide_if_due();
    void tell_news();
    [[nodiscard]] bool done();
    Result<void> take_all(std::optional<Moment> until);
    [[nodiscard]] bool in_work() const { return due_ || keeper_.busy(); }
    [[nodiscard]] bool patient();
    [[nodiscard]] Moment patient_until() const;
    [[nodiscard]] std::optional<Moment> wake(std::optional<Moment> limit) const;
    [[nodiscard]] std::optional<Moment> next_look() const;

    Doors doors_;
    const Rules& rules_;
    Duty duty_;
    PathWatch paths_;
    MapKeeper keeper_;
    SmartWait smart_wait_;
    HandOff hand_off_;
    Milliseconds window_;
    std::optional<Moment> due_;  ///< when the changes so far go into one decision
    std::optional<Moment> complete_since_;
    Summary told_;
    bool cold_ = true;            ///< not all of the first questions are answered yet
    std::optional<Moment> stop_;  ///< told to stop: when to do so at the latest
    Moment decided_at_;
};

/// All that Duty::look finds. The world lends the rules.
Result<World> look_at(const Rules& rules, const Doors& doors);

}  // namespace rdm
