// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/leftover.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "base/sort.h"
#include "cli/columns.h"
#include "cli/list.h"
#include "cli/live.h"
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
    std::string rows;
    for (auto& one : all) {
        auto& path = *one.path;
        rows += cat(path.scsi_id ? text(*path.scsi_id) : "", '\t', safe(path.name), '\t', text(path.dev), '\t',
                    size_text(path.sectors), '\t', hardware(path), '\t', one.reason, '\n');
    }
    return cat("in no map\n", columns(rows, "  "));
}

/// How often each reason is given, the most frequent first.
std::string counts(const std::vector<Leftover>& all) {
    std::vector<std::string> reasons;
    for (auto& one : all) reasons.push_back(one.reason);
    sort_by(reasons);
    std::vector<std::tuple<std::size_t, std::string>> sorted;  // by how many have another reason
    for (std::size_t from = 0, to = 0; from < all.size(); from = to) {
        while (to < all.size() && reasons[to] == reasons[from]) ++to;
        sorted.emplace_back(all.size() - (to - from), reasons[from]);
    }
    sort_by(sorted);
    std::string rows;
    std::size_t others = all.size();
    for (std::size_t line = 0; line < sorted.size(); ++line) {
        if (line + 1 == most_lines && sorted.size() > most_lines) break;
        auto& [rest, reason] = sorted[line];
        rows += cat(all.size() - rest, '\t', reason, '\n');
        others -= all.size() - rest;
    }
    if (others > 0) rows += cat(others, "\tother reasons\n");
    return cat("in no map: ", all.size(), " disks; \"rdmpath explain\" names each\n", columns(rows, "  "));
}

}  // namespace

std::vector<Leftover> leftovers(const World& world) {
    const auto taken = memberships(world);
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
