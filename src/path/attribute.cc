// SPDX-License-Identifier: GPL-2.0-or-later
#include "path/attribute.h"

namespace rdm {

std::string joined_bytes(const Sysfs& sysfs, std::uint64_t kinds, ...) {
    std::va_list words;
    va_start(words, kinds);
    auto bytes = sysfs.read(join(kinds, words));
    va_end(words);
    return std::move(bytes).value_or("");
}

std::string joined_word(const Sysfs& sysfs, std::uint64_t kinds, ...) {
    std::va_list words;
    va_start(words, kinds);
    auto word = sysfs.word(join(kinds, words));
    va_end(words);
    return std::move(word).value_or("");
}

}  // namespace rdm
