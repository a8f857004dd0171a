// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace rdm {

/// The door to ordinary files: configuration, udev's database, /proc. Paths are absolute: "/etc/multipath.conf". Errors
/// carry the errno and the path; ENOENT: not there. Nothing is ever written through it.
class Files {
public:
    virtual ~Files() = default;
    /// The whole file; at most 4 MiB (EFBIG).
    [[nodiscard]] virtual Result<std::string> read(std::string_view path) const = 0;
    /// The names in a directory, sorted byte-wise, without "." and "..".
    [[nodiscard]] virtual Result<std::vector<std::string>> list(std::string_view directory) const = 0;

    /// Likewise; nothing for what cannot be read.
    [[nodiscard]] std::string text(std::string_view path) const { return read(path).value_or(""); }
    [[nodiscard]] std::vector<std::string> names(std::string_view directory) const {
        return list(directory).value_or(std::vector<std::string>{});
    }
};

}  // namespace rdm
