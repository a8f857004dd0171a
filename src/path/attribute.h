// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <string>

#include "kernel/sysfs.h"

namespace rdm {

std::string joined_bytes(const Sysfs& sysfs, std::uint64_t kinds, ...);
std::string joined_word(const Sysfs& sysfs, std::uint64_t kinds, ...);

/// An attribute's bytes, its path in pieces as for cat(): `bytes_at(sysfs, "block/", name, "/device/inquiry")`. "" if
/// it is not there or cannot be read.
template <class... Parts>
[[nodiscard, gnu::always_inline]] inline std::string bytes_at(const Sysfs& sysfs, const Parts&... path) {
    return joined_bytes(sysfs, piece_kinds<Parts...>(), piece_value(path)...);
}

/// Likewise, without white space at its ends.
template <class... Parts>
[[nodiscard, gnu::always_inline]] inline std::string word_at(const Sysfs& sysfs, const Parts&... path) {
    return joined_word(sysfs, piece_kinds<Parts...>(), piece_value(path)...);
}

/// Likewise, as a number; 0 for whatever is none.
template <class... Parts>
[[nodiscard, gnu::always_inline]] inline unsigned number_at(const Sysfs& sysfs, const Parts&... path) {
    return number<unsigned>(word_at(sysfs, path...)).value_or(0);
}

}  // namespace rdm
