// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace rdm {

/// Whether a POSIX extended regular expression is found anywhere in the text, case sensitive. One that does not compile
/// is found nowhere. As glibc understands them in the C locale (kernel/expression.h); plain ones ("^HITACHI", "OPEN-")
/// are not even compiled.
[[nodiscard]] bool is_found(const std::string& pattern, const std::string& text);

/// As is_found(), with a leading "!" for "not found" and "\!" for a "!" (blacklists).
[[nodiscard]] bool is_listed(const std::string& pattern, const std::string& text);

/// The first of several texts in which it is_listed(); their number: in none. Compiles the expression once.
[[nodiscard]] std::size_t first_listed(const std::string& pattern, std::span<const std::string> texts);

/// The expression compiles; the leading "!" of blacklists is not part of it.
[[nodiscard]] bool is_sound(const std::string& pattern);

}  // namespace rdm
