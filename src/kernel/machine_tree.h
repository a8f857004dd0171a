// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "kernel/machine.h"

namespace rdm {

/// A tree of files in memory, as sysfs or the root directory of a machine text. Directories are there as soon as
/// something lies below them. Paths with or without a leading slash; links are followed. Errors as the real doors give
/// them: errno and "PATH: its text".
class MachineTree {
public:
    /// Whatever was there is replaced, and directories above made. A path through a link lands where the link leads.
    /// An error ENOENT takes away what was there.
    void put(std::string_view path, const MachineNode& node);
    void file(std::string_view path, std::string_view bytes) { put(path, {.text = std::string(bytes)}); }
    void link(std::string_view path, std::string_view target) {
        put(path, {.kind = MachineNode::Kind::link, .text = std::string(target)});
    }
    /// Those of a machine text, below a directory ("devices/…/"); the text's directories last, so that what they name
    /// beside the rest is there at least.
    void put(const MachineNodes& nodes, std::string_view below = "");
    /// Makes a directory unless something is there.
    void put_directory(std::string_view path);
    /// Everything at and below `path`, and every link that leads there.
    void remove(std::string_view path);
    /// One file or link, not what it leads to.
    void unlink(std::string_view path);

    [[nodiscard]] Result<std::string> read(std::string_view path) const;
    [[nodiscard]] Result<std::vector<std::string>> list(std::string_view path) const;
    [[nodiscard]] Result<std::string> real_path(std::string_view path) const;
    [[nodiscard]] bool exists(std::string_view path) const { return real_path(path).has_value(); }

private:
    [[nodiscard]] Result<const MachineNode*> find(std::string_view path) const;
    MachineNodes nodes_;
};

/// A disk, its partitions and its sg device as sysfs shows them.
void show_disk(MachineTree& sysfs, const MachineDisk& disk);
/// The names of its partitions that sysfs shows.
[[nodiscard]] std::vector<std::string> partitions_of(const MachineTree& sysfs, const MachineDisk& disk);

}  // namespace rdm
