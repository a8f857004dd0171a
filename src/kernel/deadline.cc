// SPDX-License-Identifier: GPL-2.0-or-later
#include "kernel/deadline.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <cstdlib>
#include <ctime>

#include "base/unique_fd.h"

namespace rdm {

namespace {

void make_directories_above(const std::string& file) {
    for (auto slash = file.find('/', 1); slash != std::string::npos; slash = file.find('/', slash + 1))
        (void)::mkdir(file.substr(0, slash).c_str(), 0700);  // open() tells of what could not be made
}

std::chrono::microseconds microseconds(const timespec& time) {
    return std::chrono::seconds(time.tv_sec) + std::chrono::microseconds(time.tv_nsec / 1000);
}

}  // namespace

Result<std::optional<std::chrono::microseconds>> time_left(const std::string& file, std::chrono::seconds start) {
    timespec now{};
    ::clock_gettime(CLOCK_REALTIME, &now);
    struct stat known{};
    if (::stat(file.c_str(), &known) == 0) return microseconds(known.st_mtim) - microseconds(now);
    if (start.count() <= 0) return std::nullopt;
    make_directories_above(file);
    UniqueFd fd(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644));
    if (!fd.is_open()) return fail_errno(file);
    timespec end = now;
    end.tv_sec += start.count();
    const timespec times[] = {{.tv_sec = 0, .tv_nsec = UTIME_OMIT}, end};
    if (::futimens(fd.get(), times) != 0) return fail_errno(file);
    return start;
}

std::string environment(const char* name) {
    const char* value = std::getenv(name);
    return value ? value : "";
}

}  // namespace rdm
