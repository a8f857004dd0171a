// SPDX-License-Identifier: GPL-2.0-or-later
#include "kernel/path_nodes.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

#include <cerrno>

namespace rdm {

namespace {

constexpr Milliseconds pause_between_tries{10};

/// A descriptor, or an errno below zero; ENOENT without a node, or if it is another device's.
int open_node(const Sysfs& sysfs, DevNo dev, int flags) {
    const std::string node = cat("/dev/", disk_name(sysfs, dev));
    struct stat info{};
    if (::stat(node.c_str(), &info) < 0 || !S_ISBLK(info.st_mode)) return -ENOENT;
    if (info.st_rdev != makedev(dev.major, dev.minor)) return -ENOENT;
    const int fd = ::open(node.c_str(), flags | O_NONBLOCK | O_CLOEXEC);
    return fd < 0 ? -errno : fd;
}

}  // namespace

std::string disk_name(const Sysfs& sysfs, DevNo dev) {
    constexpr std::string_view key = "DEVNAME=";
    const auto uevent = sysfs.read(cat("dev/block/", text(dev), "/uevent")).value_or("");
    for (auto line : lines(uevent)) {
        if (line.starts_with(key)) return std::string(line.substr(key.size()));
    }
    return text(dev);
}

int refusal(const Sysfs& sysfs, DevNo dev) {
    const int fd = open_node(sysfs, dev, O_RDONLY | O_EXCL);
    const UniqueFd close_it(fd);
    return fd < 0 && fd != -ENOENT ? -fd : 0;
}

std::vector<UniqueFd> lock_paths(const Sysfs& sysfs, std::span<const DevNo> paths, Milliseconds bound) {
    std::vector<UniqueFd> held;
    for (DevNo dev : paths) {
        UniqueFd fd(open_node(sysfs, dev, O_RDONLY));
        if (!fd.is_open()) continue;
        while (::flock(fd.get(), LOCK_SH | LOCK_NB) < 0 && errno == EWOULDBLOCK && bound > Milliseconds::zero()) {
            ::poll(nullptr, 0, static_cast<int>(pause_between_tries.count()));
            bound -= pause_between_tries;
        }
        held.push_back(std::move(fd));
    }
    return held;
}

}  // namespace rdm
