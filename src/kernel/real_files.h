// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include "kernel/files.h"

namespace rdm {

/// The files of the root that this process has.
class RealFiles : public Files {
public:
    [[nodiscard]] Result<std::string> read(std::string_view path) const override;
    [[nodiscard]] Result<std::vector<std::string>> list(std::string_view directory) const override;
};

/// A file that was named on the command line, or standard input by "-": all of it, at most 64 MiB (EFBIG). A pipe is
/// waited for.
Result<std::string> read_named_file(const std::string& name);

}  // namespace rdm
