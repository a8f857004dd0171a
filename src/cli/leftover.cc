// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/leftover.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "base/sort.h"
#include "cli/columns.h"
#include "cli/list.h"
#include "cli/size.h"

namespace rdm {

namespace {

constexpr std::size_t most_lines = 8;

using Reasons = std::map<std::string_view, std::string_view>;  // by a path's name or a WWID

std::string reason_of(const Path& path, const Reasons& reasons) {
    if (auto found = reasons.find(path.name); found != reasons.end()) return std::string(found->second);
    if (path.wwid.empty()) return cat("no WWID: ", safe(path.wwid_from));
    if (auto found = reasons.find(path.wwid); found != reasons.end()) return std::string(found->second);
    return "not decided yet";
}

std::string one_by_one(const std::vector<Leftover>& all) {
    std::vector<std::vector<std::string>> rows;
    for (auto& one : all) {
        auto& path = *one.path;
        rows.push_back({path.scsi_id ? text(*path.scsi_id) : std::string(), escape(path.name), text(path.dev),
                        size_text(path.sectors), hardware(path), one.reason});
    }
    std::string out = "in no map\n";
    for (auto& line : columns(rows)) out += cat("  ", line, '\n');
    return out;
}

std::string counts(const std::vector<Leftover>& all) {
    std::map<std::string_view, std::size_t> by_reason;
    for (auto& one : all) ++by_reason[one.reason];
    std::vector<std::pair<std::string_view, std::size_t>> sorted(by_reason.begin(), by_reason.end());
    sort_by(sorted, [](auto& a, auto& b) { return std::tie(b.second, a.first) < std::tie(a.second, b.first); });
    std::vector<std::vector<std::string>> rows;
    std::size_t told = 0;
    for (auto& [reason, count] : sorted) {
        if (rows.size() + 1 == most_lines && sorted.size() > most_lines) break;
        rows.push_back({cat(count), std::string(reason)});
        told += count;
    }
    if (told < all.size()) rows.push_back({cat(all.size() - told), "other reasons"});
    std::string out = cat("in no map: ", all.size(), " disks; \"rdmpath explain\" names each\n");
    for (auto& line : columns(rows)) out += cat("  ", line, '\n');
    return out;
}

}  // namespace

std::vector<Leftover> leftovers(const World& world) {
    std::set<DevNo> taken;
    for (auto& map : world.decided.maps)
        for (auto& path : map.paths) taken.insert(path.dev);
    Reasons reasons;
    for (auto& one : world.decided.refused) reasons.emplace(one.subject, one.reason);
    std::vector<Leftover> all;
    for (auto& path : world.paths) {
        if (taken.contains(path.dev)) continue;
        auto reason = reason_of(path, reasons);
        auto semicolon = reason.find("; ");
        auto remedy = semicolon == std::string::npos ? std::string() : reason.substr(semicolon + 2);
        all.push_back({.path = &path, .reason = reason.substr(0, semicolon), .remedy = remedy});
    }
    return all;
}

std::string leftover_lines(const World& world) {
    auto all = leftovers(world);
    if (all.empty()) return {};
    return all.size() <= most_lines ? one_by_one(all) : counts(all);
}

}  // namespace rdm
