// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "config/config.h"

namespace rdm {

/// What one type of the blacklist says of a disk. An exception protects within its own type only.
struct Verdict {
    enum class Kind : std::uint8_t { undecided, excepted, blacklisted };
    Kind kind = Kind::undecided;
    std::string why;  ///< `devnode "^sd[a-c]" in blacklist: /etc/multipath.conf:12`; empty: undecided
    [[nodiscard]] bool blacklisted() const { return kind == Kind::blacklisted; }
    bool operator==(const Verdict&) const = default;
};

// Each type by itself, exceptions first. Who asks keeps to the order of decisions.md 4.1 (devnode, property, device,
// protocol, and wwid once it is known) and stops at the first that is blacklisted.
// Source: multipath-tools 0.9.4 to 0.14.3, libmultipath/blacklist.c, filter_devnode() and those beside it.

/// `name`: the kernel's, "sdb".
[[nodiscard]] Verdict judge_devnode(const Config& config, const std::string& name);

/// `names`: of all udev properties of the disk, in the order of udev (byte-wise). The first that an exception or the
/// blacklist knows decides; where none does, the disk is blacklisted ("udev property missing") if `uid_attribute`, the
/// property that holds its WWID, is among them. Without a udev database there are no names, and nothing is decided.
[[nodiscard]] Verdict judge_property(const Config& config, std::span<const std::string> names,
                                     std::string_view uid_attribute);

[[nodiscard]] Verdict judge_device(const Config& config, const std::string& vendor, const std::string& product);

/// `protocol`: as in decisions.md 4.2, "scsi:fcp".
[[nodiscard]] Verdict judge_protocol(const Config& config, const std::string& protocol);

[[nodiscard]] Verdict judge_wwid(const Config& config, const std::string& wwid);

}  // namespace rdm
