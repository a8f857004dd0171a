// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "boot/doors.h"
#include "map/map.h"
#include "map/partition.h"

namespace rdm {

/// The kernel's own partitions of paths (sda1, …). Whoever looks for a file system there finds it past the map, so they
/// go once the map's are up. Source: handoff.md 3; 68-del-part-nodes.rules.
class PathPartitions {
public:
    /// `doors` are lent.
    explicit PathPartitions(const Doors& doors) : doors_(doors) {}

    /// A map whose partition maps are up, as `table` has them. Of its usable paths not looked at yet, every partition
    /// that is also the map's, by its start, is to go. What else the kernel has found stays.
    void look(const Map& map, const PartitionTable& table);
    /// Has a worker do what look() found.
    void start();
    /// Takes a worker's result; false if it was not one of ours. A partition in use stays, and is no trouble.
    bool absorb(const WorkDone& done);
    [[nodiscard]] bool busy() const { return worker_.has_value(); }
    /// The kernel has found a partition on this disk: it is to be looked at again.
    void found_on(std::string_view disk);
    /// Nobody knows what the kernel has found.
    void look_again() { known_.clear(); }

private:
    struct Found {
        DevNo disk;
        unsigned number;
    };
    const Doors& doors_;
    std::set<std::string, std::less<>> known_;  ///< disks looked at
    std::vector<Found> found_;
    std::vector<Found> going_;
    std::optional<std::uint64_t> worker_;
};

}  // namespace rdm
