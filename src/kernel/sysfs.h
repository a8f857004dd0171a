// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace rdm {

/// The door to sysfs. Paths are relative to its root, without a leading slash: "block/sda/size". Links are followed.
/// Errors carry the errno and the path; ENOENT: not there (a device may vanish between two calls).
class Sysfs {
public:
    virtual ~Sysfs() = default;
    /// An attribute's bytes as they are, binary ones too; at most 64 KiB.
    [[nodiscard]] virtual Result<std::string> read(std::string_view path) const = 0;
    /// The names in a directory, sorted byte-wise, without "." and "..".
    [[nodiscard]] virtual Result<std::vector<std::string>> list(std::string_view directory) const = 0;
    /// Where a path leads once every link is followed, relative to the root: "devices/pci0000:00/…/block/sda".
    [[nodiscard]] virtual Result<std::string> real_path(std::string_view path) const = 0;
    /// Likewise; none for what cannot be read.
    [[nodiscard]] std::vector<std::string> names(std::string_view directory) const {
        return list(directory).value_or(std::vector<std::string>{});
    }
    virtual Result<void> write(std::string_view path, std::string_view text) = 0;

    /// A text attribute without white space at its ends; nullopt if it is not there or cannot be read.
    [[nodiscard]] std::optional<std::string> word(std::string_view path) const {
        auto raw = read(path);
        if (!raw) return std::nullopt;
        return std::string(trim(*raw));
    }
};

}  // namespace rdm
