// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "config/config.h"

namespace rdm {

/// What the hardware table compares. nullopt: the bus has no such thing, and an entry that asks for it is not excluded
/// (decisions.md 3).
struct Hardware {
    std::string_view vendor;
    std::string_view product;
    std::optional<std::string_view> revision;
};

/// The device entries that match, the one that wins first. They point into `config`.
[[nodiscard]] std::vector<const Section*> matching_devices(const Config& config, const Hardware& hardware);

/// Where to look for a value. Whatever does not apply stays empty. Lends.
struct Scope {
    std::span<const Section* const> devices;  ///< as matching_devices() gives them
    const Section* multipath = nullptr;       ///< the map's own entry
    const Section* protocol = nullptr;        ///< overrides/protocol
};

/// A value that was chosen, and who set it.
struct Chosen {
    std::string_view value;  ///< canonical; "": not set anywhere, and compiled in is "unset". Points into the config
    const Setting* setting = nullptr;  ///< nullptr: compiled in

    [[nodiscard]] bool yes() const { return value == "yes"; }
    /// nullopt: unset, or no number ("infinity", "off").
    [[nodiscard]] std::optional<long long> number() const;
};

/// The value of the first section of the keyword's chain that sets it (decisions.md 2.4, classes A to F), else the
/// compiled default of this generation. Exceptions to the chain (detect_prio, detect_checker, uid_attrs …) are their
/// owners' business.
[[nodiscard]] Chosen choose(const Config& config, Keyword keyword, const Scope& scope);

/// "no_path_retry fail: /etc/multipath.conf:14"; "path_selector service-time 0: default".
[[nodiscard]] std::string text(const Config& config, Keyword keyword, const Chosen& chosen);

/// The entry of a map: its wwid is equal. nullptr: none.
[[nodiscard]] const Section* multipath_entry(const Config& config, std::string_view wwid);
/// overrides/protocol of this type ("scsi:fcp"); nullptr: none.
[[nodiscard]] const Section* protocol_entry(const Config& config, std::string_view type);

/// What multipath-tools compiles in; "" is unset.
[[nodiscard]] std::string_view compiled_default(Generation generation, Keyword keyword);

}  // namespace rdm
