// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/scope_verb.h"

#include "config/record.h"
#include "kernel/snapshot.h"

namespace rdm {

Ended show_scope(const Files& files) {
    const auto line = parse_command_line(files.read(cmdline_file).value_or(""));
    Ended ended{.status = line.on ? Exit::done : Exit::missing, .output = {}, .complaint = {}};
    for (const auto& problem : line.problems) ended.complaint += cat(problem, '\n');
    if (!line.on) return ended;
    std::vector<std::string> wanted;
    std::vector<std::string> disks;
    boot_scope(files.read(record_file).value_or(""), line, {}, wanted, disks);
    for (const auto& disk : disks) ended.output += cat(safe(disk), '\n');
    return ended;
}

}  // namespace rdm
