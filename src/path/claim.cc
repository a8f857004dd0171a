// SPDX-License-Identifier: GPL-2.0-or-later
#include "path/claim.h"

#include <algorithm>

#include "base/text.h"
#include "config/blacklist.h"
#include "config/lookup.h"
#include "path/attribute.h"

namespace rdm {

namespace {

constexpr auto no = Claim::Answer::no;
constexpr auto yes = Claim::Answer::yes;
constexpr auto maybe = Claim::Answer::maybe;

bool has_map(const Sysfs& sysfs, std::string_view wwid) {
    auto uuid = cat("mpath-", wwid);
    return std::ranges::any_of(sysfs.names("block"), [&](const std::string& name) {
        return name.starts_with("dm-") && word_at(sysfs, "block/", name, "/dm/uuid") == uuid;
    });
}

/// A file of /proc has a line on a disk or partition: one of its words is the node, "/dev/sda1", or the number, "8:1".
bool is_in(const Files& files, std::string_view file, const std::vector<std::string>& volumes) {
    auto text = files.text(file);
    for (auto word : words(text))
        if (std::ranges::find(volumes, word) != volumes.end()) return true;
    return false;
}

}  // namespace

std::optional<Claim> claim_by_holder(const Sysfs& sysfs, std::string_view disk_name) {
    auto holders = cat("block/", disk_name, "/holders");
    for (const auto& name : sysfs.names(holders)) {
        auto uuid = word_at(sysfs, holders, '/', name, "/dm/uuid");
        constexpr std::string_view prefix = "mpath-";
        if (uuid.starts_with(prefix) && uuid.size() > prefix.size())
            return Claim{yes, true, true, cat("in the map of ", safe(std::string_view(uuid).substr(prefix.size())))};
    }
    return std::nullopt;
}

std::string user_of(const Path& disk, const Sysfs& sysfs, const Files& files) {
    std::vector<std::string> volumes;
    auto at = cat("block/", disk.name);
    auto take = [&](const std::string& name, const std::string& directory) {
        volumes.push_back(cat("/dev/", name));
        volumes.push_back(word_at(sysfs, directory, "/dev"));
        return sysfs.names(cat(directory, "/holders")).empty();
    };
    if (!take(disk.name, at)) return "it has holders";
    for (const auto& name : sysfs.names(at)) {
        auto part = cat(at, '/', name);
        if (!word_at(sysfs, part, "/partition").empty() && !take(name, part)) return cat(safe(name), " has holders");
    }
    if (is_in(files, "/proc/self/mountinfo", volumes)) return "it is mounted";
    return is_in(files, "/proc/swaps", volumes) ? "it is swap" : "";
}

bool users_count(const Rules& rules) {
    const auto mode = choose(rules.config, Keyword::find_multipaths, {}).value;
    return (mode == "greedy" || mode == "smart") && rules.config.generation != Generation::v0_9;
}

Claim claim(const Path& disk, const Rules& rules, const Sysfs& sysfs, const Files& files) {
    auto is = [](Claim::Answer answer, std::string&& why) { return Claim{answer, false, true, std::move(why)}; };
    if (disk.wwid.empty())
        return is(no, disk.excluded.empty() ? cat("no WWID: ", safe(disk.wwid_from)) : escape(disk.excluded));
    if (rules.failed_wwids.contains(disk.wwid)) return is(no, "its map failed before (/run/multipath/failed_wwids)");
    if (is_named(rules, disk.wwid)) return {yes, true, true, "named"};
    if (!disk.excluded.empty()) return is(no, escape(disk.excluded));
    if (auto black = judge_wwid(rules.config, disk.wwid); black.blacklisted()) return is(no, std::move(black.why));

    const auto chosen = choose(rules.config, Keyword::find_multipaths, {});
    const auto mode = text(rules.config, Keyword::find_multipaths, chosen);
    const bool greedy = chosen.value == "greedy";
    const bool smart = chosen.value == "smart";
    if (users_count(rules))
        if (auto user = user_of(disk, sysfs, files); !user.empty()) return is(no, cat(user, "; ", mode));
    if (greedy) return is(yes, std::string(mode));
    if (rules.wwids.contains(disk.wwid)) return {yes, true, true, cat("in ", safe(wwids_file(rules.config)))};
    if (has_map(sysfs, disk.wwid)) return is(yes, "there is a map of it");
    if (smart) return is(maybe, std::string(mode));
    if (!is_configured(rules) && !names_decide(rules)) return {maybe, false, false, "nobody has configured multipath"};
    return is(no, is_configured(rules) ? cat(mode, ", and the WWID is not in ", safe(wwids_file(rules.config)))
                                       : "not named");
}

std::chrono::seconds patience(const Path& disk, const Rules& rules) {
    auto seconds = choose(rules.config, Keyword::find_multipaths_timeout, {}).number().value_or(0);
    if (seconds >= 0) return std::chrono::seconds(seconds);
    return std::chrono::seconds(disk.hardware.empty() ? 1 : -seconds);
}

std::string claim_lines(Claim::Answer answer, std::optional<std::chrono::microseconds> left) {
    std::string text;
    const bool waiting = left && *left >= std::chrono::seconds(1);  // multipath-tools counts whole seconds
    if (waiting) {
        auto fraction = cat(left->count() % 1'000'000 + 1'000'000).substr(1);
        text = cat("FIND_MULTIPATHS_WAIT_UNTIL=\"", left->count() / 1'000'000, '.', fraction, "\"\n");
    } else if (left) {
        text = "FIND_MULTIPATHS_WAIT_UNTIL=\"0\"\n";
    }
    if (answer == maybe && !waiting) answer = no;
    return cat(text, "DM_MULTIPATH_DEVICE_PATH=\"", answer == maybe ? '2' : answer == yes ? '1' : '0', "\"\n");
}

}  // namespace rdm
