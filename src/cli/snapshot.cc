// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/snapshot.h"

#include "config/lookup.h"
#include "kernel/snapshot.h"
#include "path/claim.h"

namespace rdm {

namespace {

/// Beside what read_rules() read for the world.
constexpr std::string_view lone_files[] = {cmdline_file, "/etc/multipath/wwids", "/etc/multipath/bindings",
                                           "/proc/self/mountinfo", "/proc/swaps"};

/// A claim may end in "maybe, if nobody has the disk".
bool freedom_decides(const Rules& rules) {
    if (!is_configured(rules)) return !names_decide(rules);
    return choose(rules.config, Keyword::find_multipaths, {}).value == "smart";
}

void read_for_claim(const Doors& doors, const Path& path, const Rules& rules) {
    (void)doors.sysfs.real_path(cat("dev/block/", text(path.dev)));
    if (claim_by_holder(doors.sysfs, path.name)) return;
    if (users_count(rules)) (void)user_of(path, doors.sysfs, doors.files);
    if (freedom_decides(rules)) (void)doors.blocks.is_free(path.dev);
}

}  // namespace

void read_all_that_decides(const Doors& doors, const World& world) {
    for (auto path : lone_files) (void)doors.files.read(path);
    auto udev = [&](DevNo dev) { (void)doors.files.read(cat("/run/udev/data/b", text(dev))); };
    for (const auto& path : world.paths) udev(path.dev);
    for (const auto& map : world.present) udev(map.dev);
    for (const auto& name : doors.sysfs.names("block"))
        if (name.starts_with("dm-")) (void)doors.sysfs.read(cat("block/", name, "/dm/uuid"));
    for (const auto& path : world.paths) read_for_claim(doors, path, *world.rules);
}

}  // namespace rdm
