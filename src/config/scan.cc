// SPDX-License-Identifier: GPL-2.0-or-later
#include "config/scan.h"

namespace rdm {

namespace {
constexpr std::string_view blanks = " \t\n\v\f\r";

std::string_view behind_blanks(std::string_view text) {
    return text.substr(std::min(text.find_first_not_of(blanks), text.size()));
}
}  // namespace

Scanned scan(std::string_view text, unsigned base) {
    Scanned found;
    text = behind_blanks(text);
    found.negative = text.starts_with('-');
    found.signed_ = found.negative || text.starts_with('+');
    if (found.signed_) text.remove_prefix(1);
    for (; !text.empty() && text.front() >= '0' && static_cast<unsigned>(text.front() - '0') < base;
         text.remove_prefix(1)) {
        found.found = true;
        if (__builtin_mul_overflow(found.magnitude, base, &found.magnitude) ||
            __builtin_add_overflow(found.magnitude, static_cast<unsigned>(text.front() - '0'), &found.magnitude))
            found.large = true;
    }
    if (found.large) found.magnitude = ~std::uint64_t{0};
    found.rest = behind_blanks(text);
    return found;
}

}  // namespace rdm
