// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <string>
#include <string_view>

namespace rdm {

/// Whether a POSIX extended regular expression is found anywhere in the text, case sensitive. One that does not compile
/// is found nowhere. As glibc understands them in the C locale (kernel/expression.h); plain ones ("^HITACHI", "OPEN-")
/// are not even compiled.
[[nodiscard]] bool is_found(const std::string& pattern, const std::string& text);

/// As is_found(), with a leading "!" for "not found" and "\!" for a "!" (blacklists).
[[nodiscard]] bool is_listed(const std::string& pattern, const std::string& text);

/// The expression compiles; the leading "!" of blacklists is not part of it.
[[nodiscard]] bool is_sound(const std::string& pattern);

}  // namespace rdm
