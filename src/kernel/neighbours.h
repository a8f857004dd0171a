// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <string>

namespace rdm {

/// The door to those who look after the same devices: the main system's multipathd, udev, and who ends the system. They
/// are only looked at; none is started or stopped, but for the last.
class Neighbours {
public:
    virtual ~Neighbours() = default;
    /// multipathd holds the lock on its pid file, from its first moments to its end.
    [[nodiscard]] virtual bool multipathd_runs() = 0;
    /// What multipathd lists as its maps: a WWID a line, each with its newline; anything else is no answer, as "". May
    /// block for seconds: in a worker only. Its socket may be systemd's, and then asking starts it: only while
    /// multipathd_runs().
    virtual std::string multipathd_maps() = 0;
    /// Somebody will take events of ours, now or when it has started.
    [[nodiscard]] virtual bool udev_listens() = 0;
    /// The system is on its way down.
    [[nodiscard]] virtual bool system_ends() = 0;
    /// Somebody has told it to go down, and waits for a disk.
    [[nodiscard]] virtual bool end_is_stuck() = 0;
    /// Ends it, now and as it is: whoever should have done it cannot.
    virtual void end_system() = 0;
};

}  // namespace rdm
