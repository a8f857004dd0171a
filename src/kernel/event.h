// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "kernel/clock.h"
#include "kernel/scsi.h"

namespace rdm {

/// A kernel uevent: what happened to which device. Source: Documentation/ABI/testing/sysfs-uevent,
/// lib/kobject_uevent.c.
struct Uevent {
    std::string action;                                          ///< "add", "remove", "change", …
    std::string sys_path;                                        ///< relative to sysfs: "devices/…/block/sda"
    std::map<std::string, std::string, std::less<>> properties;  ///< SUBSYSTEM, DEVTYPE, DEVNAME, MAJOR, DM_ACTION, …
    /// Its value, "" if there is none.
    [[nodiscard]] std::string_view property(std::string_view key) const {
        auto found = properties.find(key);
        return found == properties.end() ? std::string_view{} : std::string_view(found->second);
    }
    bool operator==(const Uevent&) const = default;
};

/// What a worker process left: `output` is what its function returned; an error if it crashed or its time was over.
struct WorkDone {
    std::uint64_t id = 0;
    Result<std::string> output;
};

/// One thing that happened. Exactly the member that `kind` names is set.
struct Event {
    enum class Kind { uevent, uevents_lost, scsi, work, stop };
    Kind kind = Kind::stop;
    Uevent uevent;                   ///< Kind::uevent
    std::optional<ScsiAnswer> scsi;  ///< Kind::scsi
    std::optional<WorkDone> work;    ///< Kind::work
    /// uevents_lost: the socket overran (ENOBUFS); sysfs must be enumerated again. stop: SIGTERM or SIGINT.
};

/// The door through which everything arrives, in order, one thread.
class Events {
public:
    virtual ~Events() = default;
    [[nodiscard]] virtual Moment now() const = 0;
    /// What has arrived, at least one event, or an empty list once `until` is reached (nullopt: no limit).
    virtual Result<std::vector<Event>> wait(std::optional<Moment> until) = 0;
};

}  // namespace rdm
