// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <string>
#include <vector>

#include "base/result.h"
#include "base/unique_fd.h"

namespace rdm {

/// /proc through a descriptor kept from the start, so that it works after switch_root.
class Proc {
public:
    static Result<Proc> open(const std::string& root = "/proc");
    /// The kernel's command line, without the newline at its end; at most 64 KiB.
    [[nodiscard]] Result<std::string> cmdline() const;
    /// The kernel's out-of-memory killer leaves this process alone.
    [[nodiscard]] Result<void> spare_from_oom() const;
    /// Lent, for those who look further.
    [[nodiscard]] int fd() const { return fd_.get(); }

private:
    explicit Proc(UniqueFd fd) : fd_(std::move(fd)) {}
    UniqueFd fd_;
};

/// Whether a root is an initramfs: it has /etc/initrd-release, or is a file system in memory. `file_system`: f_type of
/// statfs(2).
[[nodiscard]] bool is_initramfs(bool has_initrd_release, unsigned long file_system);
/// The same of our own root.
[[nodiscard]] bool in_initramfs();

/// Makes this process one that stays while roots change and disks hang: pages locked, first on a processor, SIGPIPE and
/// SIGHUP ignored, spared from the out-of-memory killer, a umask of 022, and in an initramfs `program_name` (argv[0]
/// itself) beginning with '@', which systemd takes as "spare me at switch_root". What could not be done is in the list,
/// and no reason to give up. Source: systemd, "Storage Daemons for the Root File System"; hosts.md 2.2.
std::vector<Error> become_resident(char* program_name, const Proc& proc);

}  // namespace rdm
