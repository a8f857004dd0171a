// SPDX-License-Identifier: GPL-2.0-or-later
#include "kernel/real_blocks.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

namespace rdm {
namespace {

/// A file of `size` bytes, each one its offset modulo 251.
UniqueFd file(std::size_t size) {
    char name[] = "/tmp/rdmpath-blocks-XXXXXX";
    UniqueFd fd(::mkstemp(name));
    ::unlink(name);
    Buffer bytes(size);
    for (std::size_t n = 0; n < size; ++n) bytes[n] = static_cast<std::uint8_t>(n % 251);
    EXPECT_EQ(::pwrite(fd.get(), bytes.data(), size, 0), static_cast<ssize_t>(size));
    return fd;
}

TEST(RealBlocks, ReadsAnyBytesInWholeBlocks) {
    auto fd = file(1 << 20);
    struct {
        std::uint32_t block;
        std::uint64_t offset;
        std::size_t length;
    } rows[] = {{512, 0, 512},
                {512, 510, 2},
                {512, 511, 2},
                {4096, 4095, 4098},
                {4096, 512, 512},
                {512, 0, 1 << 20},
                {4096, 1, (1 << 20) - 1},
                {512, 100, 0},
                {65536, 70000, 300000}};
    for (const auto& row : rows) {
        auto bytes = read_blocks(fd.get(), row.block, row.offset, row.length);
        ASSERT_TRUE(bytes) << row.offset;
        ASSERT_EQ(bytes->size(), row.length) << row.offset;
        Buffer want(row.length);
        for (std::size_t n = 0; n < row.length; ++n) want[n] = static_cast<std::uint8_t>((row.offset + n) % 251);
        EXPECT_EQ(*bytes, want) << row.offset;
    }
}

TEST(RealBlocks, TheEndIsAnError) {
    auto fd = file(1024);
    EXPECT_EQ(read_blocks(fd.get(), 512, 1024, 1).error(), (Error{EIO, "read at byte 1024: cut short"}));
    EXPECT_EQ(read_blocks(-1, 512, 0, 1).error().code(), EBADF);
}

TEST(RealBlocks, AMissingDeviceIsNamed) {
    auto nodes = *Nodes::open({"/dev"});
    auto reader = RealBlocks(nodes).open({259, 1048575});
    ASSERT_FALSE(reader);
    EXPECT_TRUE(reader.error().what().starts_with("259:1048575: ")) << reader.error().what();
}

}  // namespace
}  // namespace rdm
