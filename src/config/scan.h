// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <cstdint>
#include <string_view>

namespace rdm {

/// A number at the beginning of a text as C's strtol() and sscanf() find it: blanks, a sign, digits.
struct Scanned {
    bool found = false;           ///< there is a digit
    bool negative = false;        ///< "-"
    bool signed_ = false;         ///< "-" or "+"
    bool large = false;           ///< does not fit into 64 bits; `magnitude` is then the largest that does
    std::uint64_t magnitude = 0;  ///< without the sign
    std::string_view rest;        ///< behind the digits, without blanks in front

    /// What sscanf("%u") makes of it: 32 bits of the 64, negated by a sign.
    [[nodiscard]] std::uint32_t word() const {
        return static_cast<std::uint32_t>(negative && !large ? ~magnitude + 1 : magnitude);
    }
};

/// `base`: up to 10.
[[nodiscard]] Scanned scan(std::string_view text, unsigned base = 10);

}  // namespace rdm
