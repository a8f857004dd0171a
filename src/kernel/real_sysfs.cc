// SPDX-License-Identifier: GPL-2.0-or-later
#include "kernel/real_sysfs.h"

#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/openat2.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>

#include "base/sort.h"
#include "kernel/links.h"

namespace rdm {

namespace {

constexpr std::size_t most_bytes = 64 << 10;
constexpr std::size_t most_names = 1 << 17;

std::unexpected<Error> failure(int code, std::string_view path) {
    return fail(code, safe(path), ": ", std::strerror(code));
}

/// openat2() as the kernel offers it since 5.6; ENOSYS before, EPERM where a sandbox knows it not.
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
    return failure(errno, path);
}

struct CloseDirectory {
    void operator()(DIR* directory) const { (void)::closedir(directory); }
};

}  // namespace

Result<RealSysfs> RealSysfs::open(const std::string& root) {
    UniqueFd fd(::open(root.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
    if (!fd.is_open()) return failure(errno, root);
    return RealSysfs(std::move(fd));
}

Result<UniqueFd> RealSysfs::open_at(std::string_view path, int flags) const {
    flags |= O_CLOEXEC | O_NOCTTY;
    UniqueFd fd(open_in_root(root_.get(), path.empty() ? "." : std::string(path), flags));
    if (!fd.is_open() && (errno == ENOSYS || errno == EPERM)) {
        std::string real = TRY(real_path(path));
        fd = UniqueFd(::openat(root_.get(), real.empty() ? "." : real.c_str(), flags | O_NOFOLLOW));
    }
    if (!fd.is_open()) return failure(errno, path);
    return fd;
}

Result<std::string> RealSysfs::read(std::string_view path) const {
    UniqueFd fd = TRY(open_at(path, O_RDONLY));
    std::string bytes;
    char piece[4096];  // sysfs gives text attributes a page at most
    while (bytes.size() < most_bytes) {
        ssize_t size = ::read(fd.get(), piece, std::min(sizeof piece, most_bytes - bytes.size()));
        if (size < 0 && errno == EINTR) continue;
        if (size < 0) return failure(errno, path);
        if (size == 0) break;
        bytes.append(piece, static_cast<std::size_t>(size));
    }
    return bytes;
}

Result<std::vector<std::string>> RealSysfs::list(std::string_view directory) const {
    UniqueFd fd = TRY(open_at(directory, O_RDONLY | O_DIRECTORY));
    std::unique_ptr<DIR, CloseDirectory> open_directory(::fdopendir(::fcntl(fd.get(), F_DUPFD_CLOEXEC, 0)));
    if (!open_directory) return failure(errno, directory);
    std::vector<std::string> names;
    while (names.size() < most_names) {
        errno = 0;
        const dirent* entry = ::readdir(open_directory.get());
        if (entry == nullptr) break;
        std::string_view name = entry->d_name;
        if (name != "." && name != "..") names.emplace_back(name);
    }
    if (errno != 0) return failure(errno, directory);
    sort_by(names);
    return names;
}

Result<std::string> RealSysfs::real_path(std::string_view path) const {
    const int root = root_.get();
    return follow_links(path, link_target, &root);
}

Result<void> RealSysfs::write(std::string_view path, std::string_view text) {
    UniqueFd fd = TRY(open_at(path, O_WRONLY));
    for (;;) {
        ssize_t size = ::write(fd.get(), text.data(), text.size());
        if (size < 0 && errno == EINTR) continue;
        if (size < 0) return failure(errno, path);
        if (static_cast<std::size_t>(size) != text.size()) return failure(EIO, path);
        return {};
    }
}

}  // namespace rdm
