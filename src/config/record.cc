// SPDX-License-Identifier: GPL-2.0-or-later
#include "config/record.h"

#include "base/text.h"
#include "kernel/machine_value.h"

namespace rdm {

std::string recorded(std::string_view record, std::string_view key) {
    for (auto line : lines(record))
        if (take_word(line) == key) return unescape(line);
    return "";
}

std::string_view paragraph(std::string_view record, std::string_view first_line) {
    const auto at = record.find(cat('\n', first_line, '\n'));
    if (at == std::string_view::npos) return {};
    record.remove_prefix(at + 1);
    return record.substr(0, record.find("\n\n"));
}

bool boot_scope(std::string_view record, const CommandLine& line, const std::vector<std::string>& words,
                std::vector<std::string>& wanted, std::vector<std::string>& disks) {
    for (const auto& word : words.empty() ? line.wwids : words) add_once(wanted, word);
    bool maps = false;
    for (auto rest : lines(record)) {
        const auto key = take_word(rest);
        if (key == "map") {
            maps = true;
            if (words.empty()) add_once(wanted, unescape(rest));
        } else if (key == "sysfs-wwid") {
            add_once(disks, unescape(rest));
        }
    }
    const bool root_only = line.scope == MapScope::root ? !wanted.empty() : maps && line.scope != MapScope::all;
    if (!root_only) disks.clear();
    for (const auto& wwid : wanted)
        if (recorded(paragraph(record, cat("map ", safe(wwid))), "sysfs-wwid").empty()) disks.clear();
    return root_only;
}

}  // namespace rdm
