// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include "base/unique_fd.h"
#include "kernel/block.h"
#include "kernel/nodes.h"

namespace rdm {

/// Block devices of this machine. They are read past the page cache: a read that hangs leaves no locked page behind for
/// others to hang on, nothing stale is seen, and nothing is read ahead through a dying path.
class RealBlocks : public Blocks {
public:
    /// `nodes` must outlive this.
    explicit RealBlocks(const Nodes& nodes) : nodes_(nodes) {}
    Result<std::unique_ptr<BlockReader>> open(DevNo dev) override;
    /// Read-only, for udev makes an event of the closing of a device that was open for writing.
    [[nodiscard]] bool is_free(DevNo dev) override;
    Result<void> forget_partition(DevNo disk, unsigned number) override;
    Result<void> find_partitions(DevNo disk) override;

private:
    Result<void> order(DevNo disk, unsigned long request, void* argument);
    const Nodes& nodes_;
};

/// `length` bytes at byte `offset`, read in whole blocks of `block_size` (a power of two) into aligned memory, as
/// O_DIRECT wants it. EIO "cut short" at the end of the file.
Result<Buffer> read_blocks(int fd, std::uint32_t block_size, std::uint64_t offset, std::size_t length);

}  // namespace rdm
