// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/record_verb.h"

#include <algorithm>

#include "config/host.h"
#include "path/identify.h"
#include "path/standing.h"

namespace rdm {

namespace {

/// "0.9.4" of "multipath-tools v0.9.4 (11/21, 2022)".
std::string_view version_in(std::string_view text) {
    text.remove_prefix(std::min(text.find_first_of("0123456789"), text.size()));
    return text.substr(0, text.find_first_not_of("0123456789."));
}

/// A paragraph, and a line for people. `key`: "map 3600a".
class Paragraphs {
public:
    Paragraphs(Ended& ended, const Sysfs& sysfs) : ended_(ended), sysfs_(sysfs) {}

    void add(std::string_view key, std::string_view name, std::string_view roles) {
        ended_.output += cat('\n', key, "\nroles ", roles, '\n');
        if (!name.empty()) ended_.output += cat("name ", safe(name), '\n');
        ended_.complaint += cat("recorded ", roles, ": ", key, '\n');
    }
    void add_paths(std::size_t count, const Path* paths) {
        ended_.output += cat("size ", paths->sectors, "\nvendor ", safe(paths->vendor), "\nproduct ",
                             safe(paths->product), "\npaths ", count, ' ', text(paths->transport), '\n');
        std::vector<std::string> attributes;
        for (std::size_t n = 0; n < count; ++n) add_once(attributes, sysfs_wwid(sysfs_, paths[n].name));
        for (const auto& one : attributes)
            if (!one.empty()) ended_.output += cat("sysfs-wwid ", safe(one), '\n');
    }

private:
    Ended& ended_;
    const Sysfs& sysfs_;
};

/// What stands on this, taken out.
void take(Standings& all, const std::string& key, std::string& roles) {
    auto found = all.find(key);
    if (found == all.end()) return;
    add_role(roles, found->second);
    all.erase(found);
}

void add_all(Ended& ended, Standings all, const World& world, const Sysfs& sysfs) {
    Paragraphs to(ended, sysfs);
    for (const Map& map : world.decided.maps) {
        const auto key = cat("map ", safe(map.wwid));
        std::string roles;
        take(all, key, roles);
        for (const Path& path : map.paths) take(all, cat("disk ", path.name), roles);
        if (roles.empty()) continue;
        to.add(key, map.name, roles);
        to.add_paths(map.paths.size(), map.paths.data());
        if (!map.unwanted.empty()) ended.complaint += cat("warning: ", unwanted_line(map), '\n');
    }
    for (const auto& [key, roles] : all) {
        to.add(key, "", roles);
        for (const Path& path : world.paths)
            if (key == cat("disk ", path.name)) to.add_paths(1, &path);
    }
}

}  // namespace

Ended record_host(const Options& options, Doors* doors, const Files& files, std::string_view today) {
    const auto version = version_in(options.multipath_tools);
    CommandLine as_installed;
    as_installed.like = generation_named(version);
    auto rules = read_rules(files, as_installed, {});
    // What holds for any image of this host.
    Ended ended;
    ended.output = cat("recorded ", today, version.empty() ? "" : "\nmultipath-tools ", version, "\nwwid-from ",
                       text(rules.flavour), "\npartition-delimiter ", kpartx_delimiter(files), '\n');
    rules.record = ended.output;
    if (options.generic) return ended;
    auto standings = doors ? boot_stands_on(doors->sysfs, files) : Standings{};
    if (!standings.empty()) {
        if (auto world = look_at(rules, *doors)) add_all(ended, std::move(standings), *world, doors->sysfs);
    } else {
        ended.output += "maps unknown\n";
        ended.complaint = "warning: cannot tell from here what root stands on; the image will not know root's disks";
    }
    return ended;
}

}  // namespace rdm
