// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <compare>
#include <optional>
#include <string>

#include "base/text.h"

namespace rdm {

/// A device number as the kernel spells it in sysfs and device-mapper tables: "8:16".
struct DevNo {
    unsigned major = 0;
    unsigned minor = 0;
    auto operator<=>(const DevNo&) const = default;
};

[[nodiscard]] inline std::string text(DevNo dev) { return cat(dev.major, ':', dev.minor); }

/// "8:16", a trailing newline allowed; nullopt for anything else.
[[nodiscard]] inline std::optional<DevNo> devno(std::string_view text) {
    text = trim(text);
    auto colon = text.find(':');
    if (colon == std::string_view::npos) return std::nullopt;
    auto major = number<unsigned>(text.substr(0, colon));
    auto minor = number<unsigned>(text.substr(colon + 1));
    if (!major || !minor) return std::nullopt;
    return DevNo{*major, *minor};
}

}  // namespace rdm
