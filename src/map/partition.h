// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"

namespace rdm {

/// A partition: `start` and `sectors` in units of 512 bytes, whatever the disk's block size. `number` is the
/// table's slot from 1, as kpartx counts (the kernel too, but for empty logical DOS slots: dos.h).
struct Partition {
    unsigned number = 0;
    std::uint64_t start = 0;
    std::uint64_t sectors = 0;
    auto operator<=>(const Partition&) const = default;
};

/// What a disk holds. An empty list with format "none" is a sound answer: a file system or LVM on the whole disk.
struct PartitionTable {
    std::string format;  ///< "gpt", "dos", "kernel" (taken from a path's sysfs), "none"
    std::vector<Partition> partitions;
    std::string note;  ///< something a person should know: "first GPT header damaged, backup used"; else empty
    bool operator==(const PartitionTable&) const = default;
};

}  // namespace rdm
