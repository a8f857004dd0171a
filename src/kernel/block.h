// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <cstdint>
#include <memory>

#include "base/bytes.h"
#include "base/devno.h"
#include "base/result.h"

namespace rdm {

/// An open block device to read from. read() may block as long as the device does: use it in a worker process only.
class BlockReader {
public:
    virtual ~BlockReader() = default;
    [[nodiscard]] virtual std::uint32_t block_size()
        const = 0;                                            ///< logical block size in bytes, a power of two from 512
    [[nodiscard]] virtual std::uint64_t sectors() const = 0;  ///< size in units of 512 bytes
    /// Exactly `length` bytes at byte `offset`; EIO beyond the end.
    virtual Result<Buffer> read(std::uint64_t offset, std::size_t length) = 0;
};

/// The door to block devices by number.
class Blocks {
public:
    virtual ~Blocks() = default;
    virtual Result<std::unique_ptr<BlockReader>> open(DevNo dev) = 0;
    /// Nobody has it for himself: no file system, no swap, no map.
    [[nodiscard]] virtual bool is_free(DevNo dev) {
        (void)dev;
        return true;
    }
    /// Has the kernel forget a partition of its own on a disk, or look for partitions there. EBUSY: it is in use, or
    /// one is; waits a moment for who only looks. May block: in a worker process only.
    virtual Result<void> forget_partition(DevNo disk, unsigned number) {
        (void)disk, (void)number;
        return {};
    }
    virtual Result<void> find_partitions(DevNo disk) {
        (void)disk;
        return {};
    }
};

}  // namespace rdm
