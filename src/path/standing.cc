// SPDX-License-Identifier: GPL-2.0-or-later
#include "path/standing.h"

#include "kernel/machine_value.h"
#include "path/attribute.h"

namespace rdm {

namespace {

constexpr int deepest = 16;  // LVM on LUKS on MD on partitions on multipath is 7

std::string_view last_part(std::string_view path) { return path.substr(path.rfind('/') + 1); }

class Walk {
public:
    explicit Walk(const Sysfs& sysfs) : sysfs_(sysfs) {}

    void mounted(std::string_view mounts) {
        for (auto line : lines(mounts)) {
            const auto fields = words(line);
            if (fields.size() < 10) continue;
            const char* role = fields[4] == "/" ? "root" : fields[4] == "/usr" ? "usr" : nullptr;
            if (!role) continue;
            down(role, fields[2]);
            btrfs(role, last_part(fields[fields.size() - 2]));
        }
    }

    /// "8:1", "sda1" or "/dev/sda1".
    void down(const char* role, std::string_view device) {
        down(role, cat(device.contains(':') ? "dev/block/" : "class/block/", last_part(device)), 0);
    }

    Standings found;

private:
    /// Its device number is nobody's: all devices of the file system that has this one, by its kernel name or
    /// device-mapper's.
    void btrfs(const char* role, std::string_view source) {
        for (const auto& system : sysfs_.names("fs/btrfs")) {
            const auto at = cat("fs/btrfs/", system, "/devices/");
            std::string known = " ";
            for (const auto& name : sysfs_.names(at))
                known += cat(name, ' ', word_at(sysfs_, at, name, "/dm/name"), ' ');
            if (known.contains(cat(' ', source, ' '))) all_in(at, role, 0);
        }
    }

    void all_in(const std::string& directory, const char* role, int depth) {
        for (const auto& name : sysfs_.names(directory)) down(role, cat(directory, name), depth);
    }

    void down(const char* role, std::string_view path, int depth) {
        auto at = sysfs_.real_path(path).value_or("");
        if (at.empty() || depth == deepest) return;
        if (!word_at(sysfs_, at, "/partition").empty()) at.resize(at.rfind('/'));
        if (!at.contains("/virtual/block/")) {
            auto& roles = found[std::string(last_part(at))];
            if (!roles.contains(role)) roles += cat(' ', role);
        }
        all_in(cat(at, "/slaves/"), role, depth + 1);
    }

    const Sysfs& sysfs_;
};

}  // namespace

Standings boot_stands_on(const Sysfs& sysfs, const Files& files, const std::vector<std::string>& named) {
    Walk walk(sysfs);
    walk.mounted(files.text("/proc/self/mountinfo"));
    // Without root nothing else is known either. Swap files and the title are no devices, nor is 0:0.
    if (!walk.found.empty()) {
        const auto swaps = files.text("/proc/swaps");
        for (auto line : lines(swaps)) walk.down("swap", take_word(line));
        if (auto resume = word_at(sysfs, "power/resume"); !resume.empty()) walk.down("resume", resume);
    }
    if (named.empty()) return std::move(walk.found);
    for (const auto& device : named) walk.down("named", device);
    std::erase_if(walk.found, [](const auto& disk) { return !disk.second.contains("named"); });
    return std::move(walk.found);
}

}  // namespace rdm
