// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/snapshot.h"

#include "kernel/snapshot.h"

namespace rdm {

namespace {

constexpr std::string_view lone_files[] = {cmdline_file, "/etc/multipath.conf", "/etc/multipath/wwids",
                                           "/etc/multipath/bindings", "/proc/self/mountinfo"};
constexpr std::string_view configuration_directory = "/etc/multipath/conf.d";
constexpr std::string_view failed_wwids = "/run/multipath/failed_wwids";  // names count, not bytes

}  // namespace

void read_deciding_files(const Files& files, const World& world) {
    for (auto path : lone_files) (void)files.read(path);
    for (const auto& name : files.list(configuration_directory).value_or(std::vector<std::string>{}))
        if (name.ends_with(".conf")) (void)files.read(cat(configuration_directory, '/', name));
    (void)files.list(failed_wwids);
    auto udev = [&](DevNo dev) { (void)files.read(cat("/run/udev/data/b", text(dev))); };
    for (const auto& path : world.paths) udev(path.dev);
    for (const auto& map : world.present) udev(map.dev);
}

}  // namespace rdm
