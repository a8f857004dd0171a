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

Result<std::string> read_all(const UniqueFd& fd, std::string_view path, unsigned most_mebibytes) {
    if (!fd.is_open()) return fail_errno(safe(path));
    std::string text;
    char part[4096];
    while (true) {
        auto size = ::read(fd.get(), part, sizeof part);
        if (size < 0 && errno == EINTR) continue;
        if (size < 0) return fail_errno(safe(path));
        if (size == 0) return text;
        text.append(part, static_cast<std::size_t>(size));
        if (text.size() > std::size_t{most_mebibytes} << 20)
            return fail(EFBIG, safe(path), ": larger than ", most_mebibytes, " MiB");
    }
}

}  // namespace

Result<std::string> RealFiles::read(std::string_view path) const {
    UniqueFd fd(::open(std::string(path).c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
    return read_all(fd, path, 4);
}

Result<std::string> read_named_file(const std::string& name) {
    bool input = name == "-";
    UniqueFd fd(input ? ::fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3)
                      : ::open(name.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY));
    return read_all(fd, input ? "standard input" : std::string_view(name), 64);
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
