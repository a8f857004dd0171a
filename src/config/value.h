// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "config/keyword.h"
#include "kernel/files.h"

namespace rdm {

/// What becomes of a value that stands in a file.
struct ConfigValue {
    enum class Effect : std::uint8_t {
        set,    ///< to `text`
        unset,  ///< as if it had never been set: 0 for most numbers
        keep,   ///< what was set before stays
        fatal,  ///< in the main file, multipathd refuses the configuration; elsewhere as `keep`
        crash,  ///< as `keep`, but where nothing was set before, multipathd crashes
    };
    Effect effect = Effect::keep;
    std::string text{};     ///< set: as Setting::value
    std::string problem{};  ///< "yes, no was expected, not \"on\""; empty: nothing is wrong
    bool operator==(const ConfigValue&) const = default;
};

/// What stands for a kind of transport, in the order of multipath-tools. Source: 0.14.3, structs.c.
inline constexpr std::string_view protocols =
    "undef ccw cciss scsi:fcp scsi:spi scsi:ssa scsi:sbp scsi:srp scsi:iscsi scsi:sas scsi:adt scsi:ata scsi:usb "
    "scsi:unspec nvme:pcie nvme:rdma nvme:fc nvme:tcp nvme:loop nvme:apple-nvme nvme:unspec";

/// Reads one value. `files`: users are looked up in /etc/passwd, the limit of max_fds in /proc/sys/fs/nr_open.
/// Numbers out of their range become the nearest that is in it. Source: decisions.md 2.2; multipath-tools, dict.c.
[[nodiscard]] ConfigValue read_value(Generation generation, ValueKind kind, std::string_view text, const Files& files);

/// A value as it stands in a file: in quotes, unless it is a number. `text`: as Setting::value.
[[nodiscard]] std::string written(ValueKind kind, std::string_view text);

}  // namespace rdm
