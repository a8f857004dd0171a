// SPDX-License-Identifier: GPL-2.0-or-later
#include "config/record.h"

#include <algorithm>

#include "base/text.h"
#include "kernel/machine_value.h"

namespace rdm {

std::string recorded(std::string_view record, std::string_view key) {
    for (auto line : lines(record))
        if (take_word(line) == key) return unescape(line);
    return "";
}

bool boot_scope(std::string_view record, const CommandLine& line, const std::vector<std::string>& words,
                std::vector<std::string>& wanted, std::vector<std::string>& disks) {
    for (const auto& word : words.empty() ? line.wwids : words) add_once(wanted, word);
    bool maps = false;
    bool unseen = false;  // a wanted map's paragraph, without an attribute so far
    std::size_t seen = 0;
    for (auto rest : lines(record)) {
        const auto key = take_word(rest);
        if (key == "map") {
            maps = true;
            const auto wwid = unescape(rest);
            if (words.empty()) add_once(wanted, wwid);
            unseen = std::ranges::find(wanted, wwid) != wanted.end();
        } else if (key == "disk") {
            unseen = false;
        } else if (key == "sysfs-wwid") {
            seen += std::exchange(unseen, false) ? 1 : 0;
            add_once(disks, unescape(rest));
        }
    }
    const bool root_only = line.scope == MapScope::root ? !wanted.empty() : maps && line.scope != MapScope::all;
    if (!root_only || seen < wanted.size()) disks.clear();
    return root_only;
}

}  // namespace rdm
