// SPDX-License-Identifier: GPL-2.0-or-later
#include "kernel/real_files.h"

#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

#include "base/sort.h"
#include "base/unique_fd.h"

namespace rdm {

namespace {
constexpr std::size_t most_bytes = 4 << 20;
}

Result<std::string> RealFiles::read(std::string_view path) const {
    UniqueFd fd(::open(std::string(path).c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
    if (!fd.is_open()) return fail_errno(safe(path));
    std::string text;
    char part[4096];
    while (true) {
        auto size = ::read(fd.get(), part, sizeof part);
        if (size < 0 && errno == EINTR) continue;
        if (size < 0) return fail_errno(safe(path));
        if (size == 0) return text;
        text.append(part, static_cast<std::size_t>(size));
        if (text.size() > most_bytes) return fail(EFBIG, safe(path), ": larger than 4 MiB");
    }
}

Result<std::vector<std::string>> RealFiles::list(std::string_view directory) const {
    DIR* entries = ::opendir(std::string(directory).c_str());
    if (!entries) return fail_errno(safe(directory));
    std::vector<std::string> names;
    while (const dirent* entry = ::readdir(entries)) {
        std::string_view name = entry->d_name;
        if (name != "." && name != "..") names.emplace_back(name);
    }
    ::closedir(entries);
    sort_by(names, {}, [](const std::string& name) { return std::string_view(name); });
    return names;
}

}  // namespace rdm
