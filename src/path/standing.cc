// SPDX-License-Identifier: GPL-2.0-or-later
#include "path/standing.h"

#include "path/attribute.h"

namespace rdm {

namespace {

constexpr int deepest = 16;  // LVM on LUKS on MD on partitions is 5

std::string_view last_part(std::string_view path) { return path.substr(path.rfind('/') + 1); }

class Walk {
public:
    Walk(const Sysfs& sysfs, const Files& files) : sysfs_(sysfs), files_(files) {}

    /// Mounts first: without one of / nothing else is known either.
    Standings run() {
        const auto text =
            cat(files_.read("/proc/self/mountinfo").value_or(""), files_.read("/proc/swaps").value_or(""));
        for (auto line : lines(text)) {
            const auto fields = words(line);
            const auto point = fields.size() < 10 ? std::string_view() : fields[4];
            if (all_.empty() && point != "/") continue;
            if (line.starts_with("/dev/")) down("swap", cat("class/block/", last_part(fields[0])), 0);
            if (point != "/" && point != "/usr") continue;
            const auto* role = point == "/" ? "root" : "usr";
            down(role, cat("dev/block/", fields[2]), 0);
            if (fields[fields.size() - 3] == "btrfs") btrfs(role, last_part(fields[fields.size() - 2]));
        }
        return std::move(all_);
    }

private:
    /// Its device number is nobody's: all devices of the file system that has this one, by its kernel name or
    /// device-mapper's.
    void btrfs(const char* role, std::string_view source) {
        for (const auto& system : names_in("fs/btrfs")) {
            const auto at = cat("fs/btrfs/", system, "/devices/");
            const auto devices = names_in(at);
            bool found = false;
            for (const auto& name : devices)
                found = found || name == source || word_at(sysfs_, at, name, "/dm/name") == source;
            for (const auto& name : devices)
                if (found) down(role, cat(at, name), 0);
        }
    }

    void down(const char* role, std::string_view path, int depth) {
        auto at = sysfs_.real_path(path).value_or("");
        if (at.empty() || depth == deepest) return;
        if (!word_at(sysfs_, at, "/partition").empty()) at.resize(at.rfind('/'));
        constexpr std::string_view prefix = "mpath-";
        const auto uuid = word_at(sysfs_, at, "/dm/uuid");
        std::string key;
        if (uuid.starts_with(prefix))
            key = cat("map ", safe(std::string_view(uuid).substr(prefix.size())));
        else if (sysfs_.real_path(cat(at, "/device")))
            key = cat("disk ", last_part(at));
        if (!key.empty()) return add_role(all_[key], role);
        for (const auto& name : names_in(cat(at, "/slaves"))) down(role, cat(at, "/slaves/", name), depth + 1);
    }

    std::vector<std::string> names_in(std::string_view directory) {
        return sysfs_.list(directory).value_or(std::vector<std::string>{});
    }

    const Sysfs& sysfs_;
    const Files& files_;
    Standings all_;
};

}  // namespace

void add_role(std::string& roles, std::string_view role) {
    if (!roles.contains(role)) roles += cat(roles.empty() ? "" : " ", role);
}

Standings boot_stands_on(const Sysfs& sysfs, const Files& files) { return Walk(sysfs, files).run(); }

}  // namespace rdm
