// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "boot/doors.h"
#include "map/map.h"

namespace rdm {

/// How many maps we look after, and the first one of those that are not somebody else's; lent.
struct Kept {
    std::size_t maps = 0;
    const Map* lacking = nullptr;
};

/// The end of `run`: sees the main system's multipathd come, makes way for it, and knows when it has the maps. From the
/// moment it holds the lock on its pid file, nobody but it may change a map; if it ends, everything is ours again. A
/// map that it does not list after a while stays ours, and somebody is told. Source: handoff.md 6.
class HandOff {
public:
    /// `doors` are lent. `neighbours` may be nullptr: nobody will come.
    HandOff(const Doors& doors, Neighbours* neighbours) : doors_(doors), neighbours_(neighbours) {
        if (neighbours) next_.emplace();
    }

    /// Looks for multipathd, and has a worker ask it now and then. `maps`: whether we have any.
    void look(bool maps);
    /// Takes a worker's result; false if it was not one of ours. After true, judge().
    bool absorb(const WorkDone& done);
    /// Whether multipathd has all that is kept, or has had the time.
    void judge(const Kept& kept);
    /// When to look again; nullopt: nobody will come.
    [[nodiscard]] std::optional<Moment> next() const { return next_; }

    /// Nothing is to be done to any map.
    [[nodiscard]] bool frozen() const { return over_ || (since_ && !late_); }
    /// Some are multipathd's, and whatever is new is, too; the rest are ours.
    [[nodiscard]] bool shared() const { return late_; }
    /// The map of this WWID is multipathd's.
    [[nodiscard]] bool is_theirs(std::string_view wwid) const { return theirs_.contains(cat('\n', wwid, '\n')); }
    /// It has them all.
    [[nodiscard]] bool over() const { return over_; }

private:
    const Doors& doors_;
    Neighbours* neighbours_;
    std::optional<Moment> next_;
    std::optional<Moment> since_;  ///< it holds its lock
    std::optional<std::uint64_t> worker_;
    std::string theirs_;  ///< what it answered: a WWID a line, and a newline in front
    bool answered_ = false;
    bool late_ = false;
    bool over_ = false;
};

}  // namespace rdm
