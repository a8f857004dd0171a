// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <string_view>
#include <vector>

#include "base/devno.h"
#include "base/result.h"
#include "base/unique_fd.h"

namespace rdm {

enum class NodeKind { block, character };

/// Opens devices by number, whatever /dev holds: no devtmpfs, no udev, fewer nodes than disks. Where /dev has the right
/// node it is used; otherwise a private one is made for the moment of opening and removed at once. The directories are
/// held from open() on, so that this works after switch_root as well.
class Nodes {
public:
    static Result<Nodes> open();
    /// The same with other directories: the first is searched for nodes, all may hold a node of ours for a moment.
    static Result<Nodes> open(const std::vector<std::string>& directories);

    /// Close-on-exec, never blocking; `flags`: O_RDONLY or O_RDWR and what else open() knows. `name` is the kernel's
    /// ("sdb", "sg1", "dm-0"), a hint and the subject of errors; it may be empty.
    [[nodiscard]] Result<UniqueFd> open_device(NodeKind kind, DevNo dev, std::string_view name, int flags) const;

private:
    explicit Nodes(std::vector<UniqueFd> directories) : directories_(std::move(directories)) {}
    std::vector<UniqueFd> directories_;
};

}  // namespace rdm
