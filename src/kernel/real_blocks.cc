// SPDX-License-Identifier: GPL-2.0-or-later
#include "kernel/real_blocks.h"

#include <fcntl.h>
#include <linux/blkpg.h>
#include <linux/fs.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <bit>
#include <cerrno>
#include <cstring>
#include <memory>

namespace rdm {

namespace {

constexpr std::size_t chunk = 256 << 10;
constexpr std::size_t memory_alignment = 4096;
/// Whoever has a partition open may be udev, which only looks.
constexpr int most_tries = 10;
constexpr int pause_between_tries = 50;  // milliseconds

Result<void> read_whole(int fd, std::uint8_t* into, std::uint64_t offset, std::size_t length) {
    while (length > 0) {
        ssize_t size = ::pread(fd, into, length, static_cast<off_t>(offset));
        if (size < 0 && errno == EINTR) continue;
        if (size < 0) return fail_errno("read at byte ", offset);
        if (size == 0) return fail(EIO, "read at byte ", offset, ": cut short");
        into += size;
        offset += static_cast<std::uint64_t>(size);
        length -= static_cast<std::size_t>(size);
    }
    return {};
}

class Reader : public BlockReader {
public:
    Reader(UniqueFd fd, DevNo dev, std::uint32_t block_size, std::uint64_t bytes)
        : fd_(std::move(fd)), dev_(dev), block_size_(block_size), bytes_(bytes) {}
    [[nodiscard]] std::uint32_t block_size() const override { return block_size_; }
    [[nodiscard]] std::uint64_t sectors() const override { return bytes_ / 512; }
    Result<Buffer> read(std::uint64_t offset, std::size_t length) override {
        if (offset > bytes_ || length > bytes_ - offset) return fail(EIO, text(dev_), ": read beyond the end");
        return TRY(read_blocks(fd_.get(), block_size_, offset, length), text(dev_));
    }

private:
    UniqueFd fd_;
    DevNo dev_;
    std::uint32_t block_size_;
    std::uint64_t bytes_;
};

}  // namespace

Result<Buffer> read_blocks(int fd, std::uint32_t block_size, std::uint64_t offset, std::size_t length) {
    const std::size_t room = std::max<std::size_t>(chunk, block_size);
    const auto memory = std::make_unique_for_overwrite<std::uint8_t[]>(room + memory_alignment);
    std::uint8_t* const place =
        memory.get() + (memory_alignment - reinterpret_cast<std::uintptr_t>(memory.get()) % memory_alignment);
    Buffer bytes;
    bytes.reserve(length);
    while (bytes.size() < length) {
        const std::uint64_t from = offset + bytes.size();
        const std::uint64_t start = from & ~std::uint64_t{block_size - 1};
        const std::uint64_t end = (offset + length + block_size - 1) & ~std::uint64_t{block_size - 1};
        const auto size = static_cast<std::size_t>(std::min<std::uint64_t>(end - start, room));
        TRY(read_whole(fd, place, start, size));
        const auto skip = static_cast<std::size_t>(from - start);
        const auto use = std::min(size - skip, length - bytes.size());
        bytes.insert(bytes.end(), place + skip, place + skip + use);
    }
    return bytes;
}

namespace {
/// The request is an int in musl and an unsigned long in glibc.
template <class Request>
int control(int (*call)(int, Request, ...), int fd, unsigned long request, void* out) {
    return call(fd, static_cast<Request>(request), out);
}
}  // namespace

Result<std::unique_ptr<BlockReader>> RealBlocks::open(DevNo dev) {
    auto fd = nodes_.open_device(NodeKind::block, dev, "", O_RDONLY | O_DIRECT);
    if (!fd && fd.error().code() == EINVAL) fd = nodes_.open_device(NodeKind::block, dev, "", O_RDONLY);
    if (!fd) return std::unexpected(std::move(fd).error());
    int block_size = 0;
    std::uint64_t bytes = 0;
    if (control(::ioctl, fd->get(), BLKSSZGET, &block_size) != 0 ||
        control(::ioctl, fd->get(), BLKGETSIZE64, &bytes) != 0)
        return fail_errno(text(dev), ": size");
    if (block_size < 512 || !std::has_single_bit(static_cast<unsigned>(block_size)))
        return fail(EPROTO, text(dev), ": block size ", block_size);
    return std::make_unique<Reader>(std::move(*fd), dev, static_cast<std::uint32_t>(block_size), bytes);
}

bool RealBlocks::is_free(DevNo dev) {
    return nodes_.open_device(NodeKind::block, dev, "", O_RDONLY | O_EXCL).has_value();
}

Result<void> RealBlocks::order(DevNo disk, unsigned long request, void* argument) {
    const auto fd = TRY(nodes_.open_device(NodeKind::block, disk, "", O_RDONLY));
    for (int tries = most_tries; control(::ioctl, fd.get(), request, argument) != 0; --tries) {
        if (errno != EBUSY || tries == 1) return fail_errno(text(disk), ": partitions");
        ::poll(nullptr, 0, pause_between_tries);
    }
    return {};
}

Result<void> RealBlocks::forget_partition(DevNo disk, unsigned number) {
    blkpg_partition partition{};
    partition.pno = static_cast<int>(number);
    blkpg_ioctl_arg argument{.op = BLKPG_DEL_PARTITION, .flags = 0, .datalen = sizeof partition, .data = &partition};
    return order(disk, BLKPG, &argument);
}

Result<void> RealBlocks::find_partitions(DevNo disk) { return order(disk, BLKRRPART, nullptr); }

}  // namespace rdm
