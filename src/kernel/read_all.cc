// SPDX-License-Identifier: GPL-2.0-or-later
#include "kernel/read_all.h"

#include <dirent.h>
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
    DIR* entries = directory.is_open() ? ::fdopendir(directory.get()) : nullptr;
    if (!entries) return fail_errno(safe(path));
    (void)directory.release();
    std::vector<std::string> names;
    errno = 0;
    while (const dirent* entry = names.size() < most_names ? ::readdir(entries) : nullptr) {
        std::string_view name = entry->d_name;
        if (name != "." && name != "..") names.emplace_back(name);
    }
    const int code = errno;
    ::closedir(entries);
    errno = code;
    if (code != 0) return fail_errno(safe(path));
    sort_by(names);
    return names;
}

}  // namespace rdm
