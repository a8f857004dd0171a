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

}  // namespace rdm
