// SPDX-License-Identifier: GPL-2.0-or-later
#include "kernel/report.h"

#include <sys/stat.h>
#include <unistd.h>

#include "kernel/real_events.h"
#include "kernel/seconds.h"

namespace rdm {

void Report::begin(std::string_view record) const {
    struct stat known{};
    if (record.empty() || ::fstat(file_.get(), &known) != 0 || known.st_size > 0) return;
    const auto text = cat(record, '\n');
    (void)!::write(file_.get(), text.data(), text.size());
}

void Report::line(LogLevel level, const std::string& text) const {
    struct stat known{};
    if (level == LogLevel::debug || ::fstat(file_.get(), &known) != 0 || known.st_size >= room_) return;
    auto line = cat(seconds(boot_now()), ": ", text, '\n');
    if (known.st_size + static_cast<off_t>(line.size()) >= room_) line += "what follows is in the kernel's log\n";
    (void)!::write(file_.get(), line.data(), line.size());
}

}  // namespace rdm
