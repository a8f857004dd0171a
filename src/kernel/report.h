// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <string>
#include <utility>

#include "base/log.h"
#include "base/unique_fd.h"

namespace rdm {

/// The boot as a file that stays: the image's record and an empty line, then "4.07 s: 3600…: sdc joined (2:0:0:1), 2 of
/// 4 paths", a line for each that `run` logs, those for debugging excepted, with the kernel's age in front. Written as
/// it happens. Once it has `room` bytes it ends with a note.
class Report {
public:
    /// `file`: open for appending; what it holds already counts. One that is not open takes nothing.
    explicit Report(UniqueFd file, long room = 64 << 10) : file_(std::move(file)), room_(room) {}
    /// What the image knows of its host, in front; not where there is something already.
    void begin(std::string_view record) const;
    void line(LogLevel level, const std::string& text) const;

private:
    UniqueFd file_;
    long room_;
};

}  // namespace rdm
