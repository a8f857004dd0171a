// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/devno.h"
#include "base/result.h"
#include "kernel/clock.h"

namespace rdm {

/// One line of a device-mapper table; `start` and `sectors` in units of 512 bytes.
struct DmTarget {
    using __trivially_relocatable = DmTarget;
    std::uint64_t start = 0;
    std::uint64_t sectors = 0;
    std::string type;    ///< "multipath", "linear"
    std::string params;  ///< as `dmsetup table` prints it
    bool operator==(const DmTarget&) const = default;
};

/// A device as device-mapper has it now. `name` and `uuid` are unmangled.
struct DmMap {
    using __trivially_relocatable = DmMap;
    std::string name;
    std::string uuid;
    DevNo dev;
    int open_count = 0;
    bool suspended = false;
    bool read_only = false;
    std::vector<DmTarget> table;
    std::string
        status;  ///< of the first target, as `dmsetup status` prints it after the type; filled for multipath only
    bool operator==(const DmMap&) const = default;
};

/// What udev's rules are told about a change. Source: decisions.md 11.1, libdevmapper.h DM_SUBSYSTEM_UDEV_FLAG0…2.
enum class UdevHint { none, paths_only /*FLAG0*/, no_partitions /*FLAG1*/, no_usable_path /*FLAG2*/ };

/// One step for device-mapper.
struct DmAction {
    using __trivially_relocatable = DmAction;
    enum class Kind { create, reload, message, remove };
    Kind kind = Kind::create;
    std::string name;
    std::string uuid;                ///< create
    std::vector<DmTarget> table;     ///< create, reload
    bool read_only = false;          ///< create, reload
    UdevHint hint = UdevHint::none;  ///< create, reload
    std::string message;             ///< message: "fail_path 8:16"
    std::vector<DevNo> paths;        ///< create: taken with a shared lock while the table is loaded, as multipath does
    bool operator==(const DmAction&) const = default;
};

/// The door to device-mapper. Calls may block (in-flight I/O, udev): boot/ runs apply() in a worker process.
class DeviceMapper {
public:
    virtual ~DeviceMapper() = default;
    /// Every device with a uuid of ours ("mpath-…", "part<N>-mpath-…"), sorted by name. No dm in the kernel: an empty
    /// list.
    virtual Result<std::vector<DmMap>> maps() = 0;
    /// The actions in order, each tried whatever became of the others (a message or reload on a map whose create or
    /// reload failed is skipped with that error). One result each. All of them share one udev cookie, waited for at the
    /// end until nothing has come of it for `bound`, or four times that; a cookie that nobody completes is completed by
    /// us and is no error, but warned about in `udev_late`.
    struct Outcome {
        std::vector<Result<void>> results;
        bool udev_late = false;
    };
    virtual Outcome apply(std::span<const DmAction> actions, Milliseconds bound) = 0;
};

}  // namespace rdm
