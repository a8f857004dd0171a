// SPDX-License-Identifier: GPL-2.0-or-later
#include "kernel/run_folder.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <string>

#include "base/text.h"

namespace rdm {

namespace {
constexpr const char* spared_folder = "sendsigs.omit.d";
constexpr const char* spared_file = "sendsigs.omit.d/rdmpath";
}  // namespace

RunFolder::RunFolder(const char* root) : fd_(::open(root, O_PATH | O_DIRECTORY | O_CLOEXEC)) {}

UniqueFd RunFolder::create(const char* folder, const char* file, int flags) const {
    (void)::mkdirat(fd_.get(), folder, 0755);
    return UniqueFd(::openat(fd_.get(), file, flags | O_CREAT | O_WRONLY | O_NOFOLLOW | O_CLOEXEC, 0644));
}

void RunFolder::ask_to_be_spared() const {
    const auto pid = cat(::getpid(), '\n');
    (void)!::write(create(spared_folder, spared_file, O_TRUNC).get(), pid.data(), pid.size());
}

UniqueFd RunFolder::open_report() const { return create("rdmpath", "rdmpath/report", O_APPEND); }

void RunFolder::clear() const {
    for (const char* file : {spared_file, "rdmpath/on", "systemd/system/rdmpath.service"})
        (void)::unlinkat(fd_.get(), file, 0);
}

}  // namespace rdm
