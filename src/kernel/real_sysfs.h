// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include "base/unique_fd.h"
#include "kernel/sysfs.h"

namespace rdm {

/// sysfs, or a directory that looks like it, through a descriptor that is opened once: it goes on working when /sys
/// leads nowhere any more, as in a process of the initramfs after switch_root. No path or link leaves the directory.
class RealSysfs : public Sysfs {
public:
    static Result<RealSysfs> open(const std::string& root = "/sys");

    [[nodiscard]] Result<std::string> read(std::string_view path) const override;
    [[nodiscard]] Result<std::vector<std::string>> list(std::string_view directory) const override;
    [[nodiscard]] Result<std::string> real_path(std::string_view path) const override;
    Result<void> write(std::string_view path, std::string_view text) override;

private:
    explicit RealSysfs(UniqueFd root) : root_(std::move(root)) {}
    [[nodiscard]] Result<UniqueFd> open_at(std::string_view path, int flags) const;

    UniqueFd root_;
};

}  // namespace rdm
