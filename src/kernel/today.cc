// SPDX-License-Identifier: GPL-2.0-or-later
#include "kernel/today.h"

#include <ctime>

#include "base/text.h"
#include "kernel/deadline.h"

namespace rdm {

std::string today() {
    auto seconds = number<unsigned long long>(environment("SOURCE_DATE_EPOCH"));
    timespec now{};
    ::clock_gettime(CLOCK_REALTIME, &now);
    return day_of(seconds.value_or(static_cast<unsigned long long>(now.tv_sec)));
}

std::string day_of(unsigned long long seconds) {
    auto days = static_cast<unsigned>(seconds / 86400);
    unsigned year = 1970;
    auto leap = [&] { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 1U : 0U; };
    for (; days >= 365 + leap(); ++year) days -= 365 + leap();
    unsigned month = 1;
    for (auto length : {31U, 28 + leap(), 31U, 30U, 31U, 30U, 31U, 31U, 30U, 31U, 30U}) {
        if (days < length) break;
        days -= length;
        ++month;
    }
    return cat(year, month < 10 ? "-0" : "-", month, days < 9 ? "-0" : "-", days + 1);
}

}  // namespace rdm
