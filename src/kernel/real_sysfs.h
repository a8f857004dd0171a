// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <string>

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
    RealSysfs(UniqueFd root, std::string place) : root_(std::move(root)), place_(std::move(place)) {}
    [[nodiscard]] Result<UniqueFd> open_at(std::string_view path, int flags) const;
    [[nodiscard]] UniqueFd open_near(std::string_view path) const;

    UniqueFd root_;
    std::string place_;         ///< where the root was: "/sys"; empty: /proc was not there to say so
    mutable std::string near_;  ///< the directory of the last read
    mutable UniqueFd near_fd_;
};

}  // namespace rdm
