// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <chrono>
#include <optional>
#include <string>

#include "base/result.h"

namespace rdm {

/// The time left until a deadline that is kept as the modification time of a file, so that every process that asks
/// sees the same one; negative once it is over. Where there is no such file a deadline begins: it ends after `start`,
/// and the file's directories are made (0700). Without a `start` none begins: nullopt. Source: multipath/main.c
/// find_multipaths_check_timeout(), which keeps its deadlines in /run/multipath/find_multipaths/MAJOR:MINOR.
Result<std::optional<std::chrono::microseconds>> time_left(const std::string& file, std::chrono::seconds start);

/// A variable of this process's environment; "": not set.
[[nodiscard]] std::string environment(const char* name);

}  // namespace rdm
