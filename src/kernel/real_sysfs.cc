// SPDX-License-Identifier: GPL-2.0-or-later
#include "kernel/real_sysfs.h"

#include <fcntl.h>
#include <limits.h>
#include <linux/openat2.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "kernel/links.h"
#include "kernel/read_all.h"

namespace rdm {

namespace {

constexpr std::size_t most_bytes = 64 << 10;

/// openat2() as the kernel offers it since 5.6; ENOSYS before, EPERM where a sandbox knows it not, and EAGAIN where a
/// path has ".." while somebody renames or mounts something anywhere. Then the links are followed one by one.
int open_in_root(int root, const std::string& path, int flags) {
    open_how how{};
    how.flags = static_cast<std::uint64_t>(flags);
    how.resolve = RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS;
    return static_cast<int>(::syscall(SYS_openat2, root, path.c_str(), &how, sizeof how));
}

Result<std::optional<std::string>> link_target(const void* root, const std::string& path) {
    char target[PATH_MAX];
    ssize_t size = ::readlinkat(*static_cast<const int*>(root), path.c_str(), target, sizeof target);
    if (size >= 0) return std::string(target, static_cast<std::size_t>(size));
    if (errno == EINVAL) return std::nullopt;
    return fail_errno(safe(path));
}

/// Where an open file is, by the kernel's own account; empty without one, or if it is nowhere any more.
std::string place_of(int fd) {
    char place[PATH_MAX];
    const ssize_t size = ::readlink(cat("/proc/self/fd/", fd).c_str(), place, sizeof place);
    std::string text(place, static_cast<std::size_t>(std::max<ssize_t>(size, 0)));
    return text.ends_with(" (deleted)") ? "" : text;
}

}  // namespace

Result<RealSysfs> RealSysfs::open(const std::string& root) {
    UniqueFd fd(::open(root.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
    if (!fd.is_open()) return fail_errno(safe(root));
    auto place = place_of(fd.get());
    return RealSysfs(std::move(fd), std::move(place));
}

/// Several attributes of one directory are read one after the other, and the way to it is long: from the second one on
/// it stays open. A directory that is gone has nothing in it any more, and never will: then the way is looked for
/// again.
UniqueFd RealSysfs::open_near(std::string_view path) const {
    const auto slash = std::min(path.rfind('/'), path.size());
    const auto directory = path.substr(0, slash);
    if (directory != near_) {
        near_ = directory;
        near_fd_ = UniqueFd();
        return UniqueFd();
    }
    if (!near_fd_.is_open()) near_fd_ = UniqueFd(open_in_root(root_.get(), near_, O_PATH | O_DIRECTORY | O_CLOEXEC));
    const std::string name(path.substr(std::min(slash + 1, path.size())));
    return UniqueFd(::openat(near_fd_.get(), name.c_str(), O_RDONLY | O_NOCTTY | O_NOFOLLOW | O_CLOEXEC));
}

Result<UniqueFd> RealSysfs::open_at(std::string_view path, int flags) const {
    flags |= O_CLOEXEC | O_NOCTTY;
    UniqueFd fd(open_in_root(root_.get(), path.empty() ? "." : std::string(path), flags));
    if (!fd.is_open() && errno != ENOENT) {
        std::string real = TRY(real_path(path));
        fd = UniqueFd(::openat(root_.get(), real.empty() ? "." : real.c_str(), flags | O_NOFOLLOW));
    }
    if (!fd.is_open()) return fail_errno(safe(path));
    return fd;
}

Result<std::string> RealSysfs::read(std::string_view path) const {
    UniqueFd fd = open_near(path);
    if (!fd.is_open()) fd = TRY(open_at(path, O_RDONLY));
    return read_all(fd, path, most_bytes, FileEnd::less_than_asked);
}

Result<std::vector<std::string>> RealSysfs::list(std::string_view directory) const {
    return names_in(TRY(open_at(directory, O_RDONLY | O_DIRECTORY)), directory);
}

Result<std::string> RealSysfs::real_path(std::string_view path) const {
    const int root = root_.get();
    // The kernel's own account spares a call for each part of the path, as long as the root is where it was.
    if (const UniqueFd fd(open_in_root(root, std::string(path), O_PATH | O_CLOEXEC)); fd.is_open()) {
        const auto place = place_of(fd.get());
        if (!place_.empty() && place.size() > place_.size() && place.starts_with(place_) && place[place_.size()] == '/')
            return place.substr(place_.size() + 1);
    }
    return follow_links(path, link_target, &root);
}

Result<void> RealSysfs::write(std::string_view path, std::string_view text) {
    UniqueFd fd = TRY(open_at(path, O_WRONLY));
    for (;;) {
        ssize_t size = ::write(fd.get(), text.data(), text.size());
        if (size == static_cast<ssize_t>(text.size())) return {};
        if (size < 0 && errno == EINTR) continue;
        if (size >= 0) errno = EIO;
        return fail_errno(safe(path));
    }
}

}  // namespace rdm
