// SPDX-License-Identifier: GPL-2.0-or-later
#include "kernel/current_root.h"

#include <fcntl.h>
#include <sys/stat.h>

namespace rdm {

namespace {

bool same_directory(int a, int b) {
    struct stat one{};
    struct stat other{};
    return ::fstat(a, &one) == 0 && ::fstat(b, &other) == 0 && one.st_dev == other.st_dev && one.st_ino == other.st_ino;
}

}  // namespace

RootVisit::RootVisit(int proc) {
    UniqueFd theirs(::openat(proc, "1/root", O_PATH | O_DIRECTORY | O_CLOEXEC));
    UniqueFd ours(::open("/", O_PATH | O_DIRECTORY | O_CLOEXEC));
    if (!theirs.is_open() || !ours.is_open() || same_directory(theirs.get(), ours.get())) return;
    if (::fchdir(theirs.get()) == 0 && ::chroot(".") == 0) home_ = std::move(ours);
}

RootVisit::~RootVisit() {
    if (!home_.is_open()) return;
    if (::fchdir(home_.get()) == 0) (void)::chroot(".");
}

}  // namespace rdm
