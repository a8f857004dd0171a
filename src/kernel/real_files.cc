// SPDX-License-Identifier: GPL-2.0-or-later
#include "kernel/real_files.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

#include "kernel/read_all.h"

namespace rdm {

namespace {

Result<std::string> read_up_to(const UniqueFd& fd, std::string_view path, unsigned mebibytes) {
    const std::size_t most = std::size_t{mebibytes} << 20;
    auto text = TRY(read_all(fd, path, most + 1, FileEnd::nothing_more));
    if (text.size() > most) return fail(EFBIG, safe(path), ": larger than ", mebibytes, " MiB");
    return text;
}

}  // namespace

int RealFiles::open(std::string_view path, int flags) const {
    const bool run = path.starts_with("/run/");
    const int kept = run ? run_ : path.starts_with("/proc/") ? proc_ : -1;
    const std::string name(path.substr(kept < 0 ? 0 : run ? 5 : 6));
    return ::openat(kept < 0 ? AT_FDCWD : kept, name.c_str(), flags | O_RDONLY | O_CLOEXEC);
}

Result<std::string> RealFiles::read(std::string_view path) const {
    UniqueFd fd(open(path, O_NONBLOCK | O_NOCTTY));
    return read_up_to(fd, path, 4);
}

Result<std::string> read_named_file(const std::string& name) {
    bool input = name == "-";
    UniqueFd fd(input ? ::fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3)
                      : ::open(name.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY));
    return read_up_to(fd, input ? "standard input" : std::string_view(name), 64);
}

Result<std::vector<std::string>> RealFiles::list(std::string_view directory) const {
    return names_in(UniqueFd(open(directory, O_DIRECTORY)), directory);
}

}  // namespace rdm
