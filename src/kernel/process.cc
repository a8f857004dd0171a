// SPDX-License-Identifier: GPL-2.0-or-later
#include "kernel/process.h"

#include <fcntl.h>
#include <linux/magic.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstring>

#include "kernel/read_all.h"

namespace rdm {

namespace {
constexpr std::size_t most_cmdline = 64 << 10;
}

Result<Proc> Proc::open(const std::string& root) {
    UniqueFd fd(::open(root.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
    if (!fd.is_open()) return fail_errno(root);
    return Proc(std::move(fd));
}

Result<std::string> Proc::cmdline() const {
    UniqueFd file(::openat(fd_.get(), "cmdline", O_RDONLY | O_CLOEXEC));
    const auto text = TRY(read_all(file, "kernel command line", most_cmdline, FileEnd::less_than_asked));
    return std::string(trim(text));
}

Result<void> Proc::spare_from_oom() const {
    UniqueFd file(::openat(fd_.get(), "self/oom_score_adj", O_WRONLY | O_CLOEXEC));
    if (!file.is_open() || ::write(file.get(), "-1000", 5) != 5) return fail_errno("out-of-memory killer");
    return {};
}

bool is_initramfs(bool has_initrd_release, unsigned long file_system) {
    return has_initrd_release || file_system == TMPFS_MAGIC || file_system == RAMFS_MAGIC;
}

bool in_initramfs() {
    struct statfs root{};
    bool known = ::statfs("/", &root) == 0;
    return is_initramfs(::access("/etc/initrd-release", F_OK) == 0,
                        known ? static_cast<unsigned long>(root.f_type) & 0xffffffff : 0);
}

std::vector<Error> become_resident(char* program_name, const Proc& proc) {
    std::vector<Error> missed;
    if (in_initramfs() && program_name != nullptr && *program_name != '\0') *program_name = '@';
    (void)std::signal(SIGPIPE, SIG_IGN);
    (void)std::signal(SIGHUP, SIG_IGN);
    (void)::umask(022);
    if (auto spared = proc.spare_from_oom(); !spared) missed.push_back(spared.error());
    // Hundreds of disks that others wait for keep udevd's workers busy on every processor: root's come first.
    if (::setpriority(PRIO_PROCESS, 0, -20) != 0)
        missed.push_back(Error{errno, cat("priority: ", std::strerror(errno))});
    // The one stack is locked as far as it has grown, and grows locked: there are no threads with stacks of their own.
    if (::mlockall(MCL_CURRENT | MCL_FUTURE) != 0)
        missed.push_back(Error{errno, cat("lock memory: ", std::strerror(errno))});
    return missed;
}

}  // namespace rdm
