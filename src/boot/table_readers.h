// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "boot/backoff.h"
#include "boot/doors.h"
#include "map/map.h"
#include "map/partition.h"

namespace rdm {

/// Reads the partition tables of live maps, each in a worker process; what could not be read is tried again later.
class TableReaders {
public:
    /// Where one live map stands.
    struct Reading {
        std::string name;  ///< the map's, for the log
        DevNo dev;
        std::optional<std::uint64_t> worker;
        std::optional<PartitionTable> table;
        Backoff backoff;
        bool judged = false;             ///< the kernel's view was taken into account
        std::optional<Moment> mirrored;  ///< by partition maps, since then

        void mirror(Moment now) { mirrored = mirrored.value_or(now); }
    };

    /// `doors` are lent.
    explicit TableReaders(const Doors& doors) : doors_(doors) {}

    /// A decision begins: what it does not ask for, nobody wants any more.
    void start_over();
    /// Of a map whose device is `dev`: begun anew if it was another one before.
    Reading& of(const Map& map, DevNo dev);
    /// Has the table read, as soon as a worker is free and the pause over. `reading` came from of().
    void start(Reading& reading);
    /// The map is gone.
    void drop(std::string_view wwid);
    /// Takes a worker's result; false if it was not one of ours.
    bool absorb(const WorkDone& done);

    /// Since when the table, which was read, is mirrored.
    [[nodiscard]] std::optional<Moment> mirrored(std::string_view wwid) const;
    [[nodiscard]] bool busy() const { return reading_ > 0; }
    /// When a decision is to ask again.
    [[nodiscard]] std::optional<Moment> next() const { return next_; }

private:
    void read_later(Reading& reading, const Error& error);
    void finish(Reading& reading, const WorkDone& done);

    const Doors& doors_;
    std::map<std::string, Reading, std::less<>> readings_;  ///< by WWID
    std::size_t reading_ = 0;
    std::vector<Reading*> unread_;  ///< to be read when a worker is free
    std::optional<Moment> next_;
};

}  // namespace rdm
