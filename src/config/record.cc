// SPDX-License-Identifier: GPL-2.0-or-later
#include "config/record.h"

#include <algorithm>

#include "base/text.h"
#include "kernel/machine_value.h"

namespace rdm {

std::vector<std::string_view> paragraphs(std::string_view record) {
    std::vector<std::string_view> all;
    std::size_t end = 0;
    do {
        auto start = end;
        end = std::min(record.find("\n\n", start), record.size() - 1) + 1;
        all.push_back(record.substr(start, end - start));
    } while (end < record.size());
    return all;
}

std::vector<std::string> recorded(std::string_view paragraph, std::string_view key) {
    std::vector<std::string> values;
    for (auto line : lines(paragraph))
        if (take_word(line) == key) values.push_back(unescape(line));
    return values;
}

std::string first_recorded(std::string_view paragraph, std::string_view key) {
    auto values = recorded(paragraph, key);
    values.resize(1);
    return std::move(values[0]);
}

BootScope boot_scope(std::string_view record, const CommandLine& line, const std::vector<std::string>& words) {
    BootScope scope;
    scope.wanted = words.empty() ? line.wwids : words;
    std::size_t maps = 0;
    std::size_t seen = 0;
    for (auto one : paragraphs(record)) {
        auto disks = recorded(one, "sysfs-wwid");
        for (const auto& wwid : recorded(one, "map")) {
            ++maps;
            if (words.empty()) add_once(scope.wanted, wwid);
            if (!disks.empty() && std::ranges::find(scope.wanted, wwid) != scope.wanted.end()) ++seen;
        }
        for (const auto& disk : disks) add_once(scope.disks, disk);
    }
    scope.root_only = line.scope == MapScope::root ? !scope.wanted.empty() : maps > 0 && line.scope != MapScope::all;
    if (!scope.root_only || seen < scope.wanted.size()) scope.disks.clear();
    return scope;
}

}  // namespace rdm
