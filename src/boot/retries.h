// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/log.h"
#include "config/rules.h"
#include "kernel/clock.h"
#include "kernel/dm.h"
#include "kernel/neighbours.h"
#include "map/map.h"

namespace rdm {

/// Counts what no_path_retry gives a map: so many polling intervals after its last path was lost, I/O that waits for a
/// path fails, and so does what comes. A usable path ends the count, and decide_values() queues again. Whoever switches
/// queueing on meanwhile has it so until then. Source: decisions.md 12; libmultipath/structs_vec.c
/// enter_recovery_mode(), multipathd/main.c retry_count_tick().
class Retries {
public:
    Retries(const Rules& rules, Log& log) : rules_(rules), log_(log) {}

    /// `maps`: as decided now. A present map that is not among them any more (all its paths are gone) counts on.
    /// Returns what ends the queueing of those whose time is over, again each time until it is done; logged once.
    [[nodiscard]] std::vector<DmAction> look(const std::vector<Map>& maps, const std::vector<DmMap>& present,
                                             Moment now);
    /// When the next one is over.
    [[nodiscard]] std::optional<Moment> next() const;

private:
    struct Count {
        unsigned retries = 0;
        bool usable = false;  ///< a path of it is, as far as we know
        std::optional<Moment> until;
        bool told = false;
        bool over = false;  ///< queueing has ended
    };
    bool ends(Count& count, const DmMap& map, bool queues, Moment now) const;

    const Rules& rules_;
    Log& log_;
    std::map<std::string, Count, std::less<>> counts_;  ///< by WWID
};

/// While the system ends nobody will bring a path back.
class LettingGo {
public:
    /// Adds what ends the queueing of maps that have had no path for 5 s, whatever no_path_retry says. `neighbours` may
    /// be nullptr: it does not end.
    void look(Neighbours* neighbours, const std::vector<DmMap>& present, Moment now, std::vector<DmAction>& actions);

private:
    std::optional<Moment> stuck_since_;  ///< some map queues and has no path
    bool on_ = false;                    ///< and nothing is to queue again
};

}  // namespace rdm
