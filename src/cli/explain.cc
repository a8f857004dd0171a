// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/explain.h"

#include <algorithm>

#include "cli/explain_map.h"
#include "cli/explain_path.h"
#include "cli/leftover.h"
#include "cli/missing.h"
#include "cli/nearest.h"
#include "map/name.h"
#include "map/table.h"

namespace rdm {

namespace {

constexpr std::size_t most_paths = 8;

const Path* find_path(const World& world, std::string_view subject) {
    if (subject.starts_with("/dev/")) subject.remove_prefix(5);
    auto dev = devno(subject);
    auto found = std::ranges::find_if(world.paths, [&](auto& path) { return path.name == subject || path.dev == dev; });
    return found == world.paths.end() ? nullptr : &*found;
}

std::string_view without_mapper(std::string_view subject) {
    constexpr std::string_view mapper = "/dev/mapper/";
    return subject.starts_with(mapper) ? subject.substr(mapper.size()) : subject;
}

const Map* find_map(const World& world, std::string_view subject) {
    auto found =
        std::ranges::find_if(world.decided.maps, [&](auto& map) { return map.name == subject || map.wwid == subject; });
    return found == world.decided.maps.end() ? nullptr : &*found;
}

const DmMap* find_pathless_map(const World& world, std::string_view subject) {
    auto found = std::ranges::find_if(world.present, [&](auto& dm) {
        auto wwid = wwid_of_map(dm.uuid);
        return wwid && (dm.name == subject || *wwid == subject);
    });
    return found == world.present.end() ? nullptr : &*found;
}

// A WWID that is no map: why, and the disks that have it.
std::string lone_wwid(const World& world, std::string_view wwid) {
    if (wwid.empty()) return {};
    auto all = leftovers(world);
    std::erase_if(all, [&](auto& one) { return one.path->wwid != wwid; });
    if (all.empty()) return {};
    std::string out =
        cat(safe(wwid), " is not a map; it is the WWID of ", all.size(), all.size() == 1 ? " disk" : " disks", ".\n");
    for (std::size_t i = 0; i < all.size() && i < most_paths; ++i) out += cat('\n', explain_path(world, *all[i].path));
    if (all.size() > most_paths) out += cat("\nand ", all.size() - most_paths, " more disks\n");
    return out;
}

/// Asked for by name or recorded, and seen nowhere.
bool is_missing(const World& world, const std::string& wwid) {
    return world.rules && has_word(world.rules->named, wwid) && !find_map(world, wwid) &&
           !find_pathless_map(world, wwid) && std::ranges::find(world.paths, wwid, &Path::wwid) == world.paths.end();
}

std::string everything(const World& world) {
    std::string out = world.paths.empty() ? "no disk found\n" : explain_briefly(world);
    if (world.rules)
        for (const auto& wwid : world.rules->named)
            if (is_missing(world, wwid)) out += cat(safe(wwid), " is wanted, but no disk has it\n");
    return out;
}

std::unexpected<Error> unknown(const World& world, std::string_view subject) {
    std::vector<std::string> names;
    auto add = [&](const std::string& name, const std::string& wwid) {
        names.push_back(name);
        names.push_back(wwid);
    };
    for (auto& path : world.paths) add(path.name, path.wwid);
    for (auto& map : world.decided.maps) add(map.name, map.wwid);
    auto bare = subject.substr(subject.rfind('/') + 1);
    std::string hint;
    for (auto& name : nearest(bare, names)) hint += cat(hint.empty() ? "; nearest: " : ", ", safe(name));
    if (hint.empty() && world.paths.empty()) hint = "; no disk was found at all";
    if (hint.empty()) hint = cat("; \"rdmpath explain\" shows all ", world.paths.size());
    return fail(ENOENT, safe(subject), ": no disk and no WWID known here", hint);
}

}  // namespace

Result<std::string> explain_text(const World& world, const std::optional<std::string>& subject) {
    if (!subject) return everything(world);
    if (auto* path = find_path(world, *subject)) return explain_path(world, *path);
    auto name = without_mapper(*subject);
    if (auto* map = find_map(world, name)) return explain_map(world, *map);
    if (auto* dm = find_pathless_map(world, name)) return explain_pathless(*dm);
    if (auto text = lone_wwid(world, name); !text.empty()) return text;
    if (is_missing(world, *subject))
        return cat(safe(*subject), " is wanted, but no disk has it.\n",
                   missing_text(*world.rules, *subject, world.paths), '\n');
    return unknown(world, *subject);
}

}  // namespace rdm
