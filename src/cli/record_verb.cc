// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/record_verb.h"

#include "config/host.h"
#include "config/record.h"
#include "path/identify.h"
#include "path/standing.h"

namespace rdm {

namespace {

/// A paragraph, and a line for people, if anything stands on the paths, at least one; that is taken out. `key`:
/// "map 3600a"; `name`: a line, or "".
bool add(Ended& ended, const Sysfs& sysfs, Standings& standing, std::string_view image, const std::string& key,
         std::string_view name, std::span<const Path> paths) {
    std::string roles;
    for (const Path& path : paths) {
        auto& these = standing[path.name];
        if (!roles.contains(these)) roles += these;
        these.clear();
    }
    if (recorded(paragraph(image, key), "roles").contains("named")) roles += " named";
    if (roles.empty()) return false;
    const Path& one = paths[0];
    auto text = cat('\n', key, "\nroles", roles, '\n', name);
    text += cat("size ", one.sectors, "\nvendor ", safe(one.vendor), "\nproduct ", safe(one.product), "\npaths ",
                paths.size(), ' ', rdm::text(one.transport), '\n');
    for (const Path& path : paths) {
        const auto wwid = sysfs_wwid(sysfs, path.name);
        const auto line = cat("sysfs-wwid ", safe(wwid), '\n');
        if (!wwid.empty() && !text.contains(line)) text += line;
    }
    ended.output += text;
    ended.complaint += cat("recorded", roles, ": ", key, '\n');
    return true;
}

void add_all(Ended& ended, Standings standing, std::string_view image, const World& world, const Sysfs& sysfs) {
    for (const Map& map : world.decided.maps)
        if (add(ended, sysfs, standing, image, cat("map ", safe(map.wwid)), cat("name ", safe(map.name), '\n'),
                map.paths) &&
            !map.unwanted.empty())
            ended.complaint += cat("warning: ", unwanted_line(map), '\n');
    for (const Path& path : world.paths) add(ended, sysfs, standing, image, cat("disk ", path.name), "", {&path, 1});
}

}  // namespace

Ended record_host(const Options& options, std::string_view version, const Doors* doors, const Files& files,
                  std::string_view image) {
    CommandLine as_installed;
    as_installed.like = generation_named(version);
    auto rules = read_rules(files, as_installed, {});
    // What holds for any image of this host.
    Ended ended;
    if (as_installed.like) ended.output = cat("multipath-tools ", safe(version.substr(0, version.find('-'))), '\n');
    ended.output +=
        cat("wwid-from ", text(rules.flavour), "\npartition-delimiter ", safe(kpartx_delimiter(files)), '\n');
    rules.record = ended.output;
    if (options.generic) return ended;
    auto standing = doors ? boot_stands_on(doors->sysfs, files, options.wwids) : Standings{};
    if (doors && !standing.empty())
        if (auto world = look_at(rules, *doors)) add_all(ended, std::move(standing), image, *world, doors->sysfs);
    if (ended.output.contains("\n\n")) return ended;
    ended.output += "maps unknown\n";
    ended.complaint = "warning: found no disk that the boot stands on and that multipath could have";
    return ended;
}

}  // namespace rdm
