// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/size.h"

#include "base/text.h"

namespace rdm {

namespace {
// From KiB on: 2^73 bytes, the most that 64 bits of sectors can say, are 8 ZiB.
constexpr char units[][4] = {"KiB", "MiB", "GiB", "TiB", "PiB", "EiB", "ZiB"};
}  // namespace

std::string size_text(std::uint64_t sectors) {
    if (sectors < 2) return cat(sectors * 512, " B");
    // `whole` units and `rest` 1024ths of one. What would be rounded up to 1024 belongs to the next unit.
    std::uint64_t whole = sectors / 2;
    std::uint64_t rest = sectors % 2 * 512;
    std::size_t unit = 0;
    for (; whole + rest / 512 >= 1024; ++unit) {
        rest = whole % 1024;
        whole /= 1024;
    }
    auto tenths = whole * 10 + (rest * 10 + 512) / 1024;
    if (tenths >= 1000) return cat(whole + rest / 512, ' ', units[unit]);
    if (tenths % 10 == 0) return cat(tenths / 10, ' ', units[unit]);
    return cat(tenths / 10, '.', tenths % 10, ' ', units[unit]);
}

}  // namespace rdm
