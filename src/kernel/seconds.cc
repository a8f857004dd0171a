// SPDX-License-Identifier: GPL-2.0-or-later
#include "kernel/seconds.h"

#include "base/text.h"

namespace rdm {

std::string seconds(Milliseconds time) {
    auto hundredths = time.count() / 10;
    auto rest = hundredths % 100;
    return cat(hundredths / 100, rest < 10 ? ".0" : ".", rest, " s");
}

std::string seconds(Moment since_start) {
    return seconds(std::chrono::duration_cast<Milliseconds>(since_start.time_since_epoch()));
}

}  // namespace rdm
