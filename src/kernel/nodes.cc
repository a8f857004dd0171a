// SPDX-License-Identifier: GPL-2.0-or-later
#include "kernel/nodes.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace rdm {

namespace {

constexpr int most_tries = 16;

struct Wanted {
    mode_t type;
    dev_t number;
    int flags;
};

bool is_wanted(const struct stat& node, const Wanted& wanted) {
    return (node.st_mode & S_IFMT) == wanted.type && node.st_rdev == wanted.number;
}

/// An open device, or an errno: ENOENT if there is no such node. The node is looked at before it is opened (opening the
/// wrong device may move a tape) and once more afterwards.
Result<UniqueFd> open_node(int directory, const std::string& name, const Wanted& wanted) {
    struct stat node{};
    if (::fstatat(directory, name.c_str(), &node, 0) != 0 || !is_wanted(node, wanted)) return fail(ENOENT, "no node");
    UniqueFd fd(::openat(directory, name.c_str(), wanted.flags));
    if (!fd.is_open()) return fail_errno();
    if (::fstat(fd.get(), &node) != 0 || !is_wanted(node, wanted)) return fail(ENOENT, "no node");
    return fd;
}

Result<UniqueFd> open_private_node(int directory, const Wanted& wanted) {
    for (int n = 0; n < most_tries; ++n) {
        std::string name = cat(".rdmpath-", ::getpid(), '-', n);
        if (::mknodat(directory, name.c_str(), wanted.type | 0600, wanted.number) != 0) {
            if (errno == EEXIST) continue;
            return fail_errno();
        }
        auto fd = open_node(directory, name, wanted);
        (void)::unlinkat(directory, name.c_str(), 0);
        return fd;
    }
    return fail(EEXIST, std::strerror(EEXIST));
}

/// Errors that speak of the node or its file system, not of the device: nodev mounts, read-only ones, missing rights.
bool is_about_the_node(int code) {
    return code == ENOENT || code == EACCES || code == EPERM || code == EROFS || code == EEXIST || code == ENOSPC ||
           code == ENOTSUP || code == ENOTDIR;
}

/// A name of the kernel as it stands in /dev: "cciss!c0d0" is cciss/c0d0. Nothing that climbs.
std::string node_name(std::string_view name) {
    std::string node(name);
    std::ranges::replace(node, '!', '/');
    return node.contains("..") || node.starts_with('/') ? std::string() : node;
}

}  // namespace

Result<Nodes> Nodes::open() { return open({"/dev", "/", "/tmp", "/run"}); }

Result<Nodes> Nodes::open(const std::vector<std::string>& directories) {
    std::vector<UniqueFd> found;
    for (const auto& path : directories) {
        UniqueFd fd(::open(path.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
        if (fd.is_open()) found.push_back(std::move(fd));
    }
    if (found.empty()) return fail(ENOENT, "no directory for device nodes");
    return Nodes(std::move(found));
}

Result<UniqueFd> Nodes::open_device(NodeKind kind, DevNo dev, std::string_view name, int flags) const {
    const bool block = kind == NodeKind::block;
    const Wanted wanted{static_cast<mode_t>(block ? S_IFBLK : S_IFCHR), makedev(dev.major, dev.minor),
                        flags | O_CLOEXEC | O_NONBLOCK | O_NOCTTY};
    Result<UniqueFd> last = fail(ENOENT, "no node");
    for (const auto& hint : {node_name(name), cat(block ? "block/" : "char/", text(dev))}) {
        if (hint.empty()) continue;
        last = open_node(directories_.front().get(), hint, wanted);
        if (last || !is_about_the_node(last.error().code())) break;
    }
    for (auto directory = directories_.begin(); directory != directories_.end(); ++directory) {
        if (last || !is_about_the_node(last.error().code())) break;
        auto fd = open_private_node(directory->get(), wanted);
        // The first refusal says most: later directories often don't allow devices at all.
        if (fd || last.error().code() == ENOENT || !is_about_the_node(fd.error().code())) last = std::move(fd);
    }
    if (!last) return std::unexpected(under(last.error(), name.empty() ? text(dev) : escape(name)));
    return last;
}

}  // namespace rdm
