// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <map>
#include <optional>
#include <span>
#include <string>

#include "boot/doors.h"
#include "config/rules.h"
#include "map/map.h"

namespace rdm {

/// find_multipaths smart: udev's rule holds a disk back that may still get a second path, until a deadline. When that
/// is over, nothing but another event has udev ask again and let the disk go. In the main system a timer of systemd
/// makes it; here the loop does. Source: decisions.md 5.3; multipath-tools' 60-multipath.rules.
class SmartWait {
public:
    SmartWait(const Doors& doors, const Rules& rules);

    /// Looks at the disks that are in no map, and makes an "add" event for each whose time is over and that udev still
    /// holds back, once a second; for a minute at most.
    void look(std::span<const Path> paths, const Coalesced& decided);
    /// Whether there is anything to look at: the mode is another mostly.
    [[nodiscard]] bool is_smart() const { return smart_; }
    /// When to look again.
    [[nodiscard]] std::optional<Moment> next() const { return next_; }

private:
    void look_at(const Path& path, Moment now);

    Doors doors_;
    const Rules& rules_;
    bool smart_;
    struct Wait {
        Moment next;
        Moment last;
    };
    std::map<std::string, Wait, std::less<>> waits_;  ///< by the disk's place in sysfs
    std::optional<Moment> next_;
};

}  // namespace rdm
