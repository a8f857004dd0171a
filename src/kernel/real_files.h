// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include "kernel/files.h"

namespace rdm {

/// The files of the root that this process has.
class RealFiles : public Files {
public:
    RealFiles() = default;
    /// With descriptors of /proc and /run that were opened at the start and outlive this: what is below them is found
    /// after switch_root, too, where the names of the old root lead nowhere.
    RealFiles(int proc, int run) : proc_(proc), run_(run) {}
    [[nodiscard]] Result<std::string> read(std::string_view path) const override;
    [[nodiscard]] Result<std::vector<std::string>> list(std::string_view directory) const override;

private:
    [[nodiscard]] int open(std::string_view path, int flags) const;
    int proc_ = -1;
    int run_ = -1;
};

/// A file that was named on the command line, or standard input by "-": all of it, at most 64 MiB (EFBIG). A pipe is
/// waited for.
Result<std::string> read_named_file(const std::string& name);

}  // namespace rdm
