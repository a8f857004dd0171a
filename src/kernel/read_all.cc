// SPDX-License-Identifier: GPL-2.0-or-later
#include "kernel/read_all.h"

#include <dirent.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "base/sort.h"

namespace rdm {

namespace {
constexpr std::size_t most_names = 1 << 17;
}  // namespace

Result<std::string> read_all(const UniqueFd& fd, std::string_view path, std::size_t most, FileEnd end) {
    if (!fd.is_open()) return fail_errno(safe(path));
    std::string bytes;
    char piece[4096];  // sysfs gives a page at a time, if there is so much
    while (bytes.size() < most) {
        const auto wanted = std::min(sizeof piece, most - bytes.size());
        const ssize_t size = ::read(fd.get(), piece, wanted);
        if (size < 0 && errno == EINTR) continue;
        if (size < 0) return fail_errno(safe(path));
        bytes.append(piece, static_cast<std::size_t>(size));
        if (size == 0 || (end == FileEnd::less_than_asked && static_cast<std::size_t>(size) < wanted)) break;
    }
    return bytes;
}

Result<std::vector<std::string>> names_in(UniqueFd directory, std::string_view path) {
    std::vector<std::string> names;
    alignas(dirent64) char some[4096];
    for (ssize_t size = 1; size > 0;) {
        size = directory.is_open() ? ::syscall(SYS_getdents64, directory.get(), some, sizeof some) : -1;
        if (size < 0) return fail_errno(safe(path));
        for (ssize_t at = 0; at < size && names.size() < most_names;) {
            const auto* entry = reinterpret_cast<const dirent64*>(some + at);
            at += entry->d_reclen;
            std::string_view name = entry->d_name;
            if (name != "." && name != "..") names.emplace_back(name);
        }
    }
    sort_by(names);
    return names;
}

}  // namespace rdm
