// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <string>

namespace rdm {

/// The day in UTC, "2026-11-27"; by SOURCE_DATE_EPOCH where the environment has it, so that images can be reproduced.
/// Source: reproducible-builds.org/specs/source-date-epoch.
[[nodiscard]] std::string today();

/// Of seconds since 1970, none below 0. Source: the Gregorian calendar.
[[nodiscard]] std::string day_of(unsigned long long seconds);

}  // namespace rdm
