// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/crc32.h"
#include "map/partition_table.h"
#include "map/test_disk.h"

// The input is a disk behind a protective MBR: from block 1 on as it comes, but for right CRCs in the header, which
// chance would never find. The first byte chooses the size of a block.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 1 + 92) return 0;
    rdm::Buffer bytes(data + 1, data + size);
    std::uint32_t block = (data[0] & 1) != 0 ? 4096 : 512;
    auto put = [&](std::size_t at, std::uint32_t value) {
        for (std::size_t n = 0; n < 4; ++n) bytes[at + n] = static_cast<std::uint8_t>(value >> 8 * n);
    };
    if ((data[0] & 2) == 0) {
        rdm::Bytes whole(bytes);
        if (whole.size() > block) put(88, rdm::crc32(whole.subspan(block)));
        put(16, 0);
        put(16, rdm::crc32(whole.first(92)));
    }
    rdm::TestDisk disk((bytes.size() / block + 2) * (block / 512), block);
    disk.put(450, rdm::Buffer{0xee});
    disk.put(510, rdm::Buffer{0x55, 0xaa});
    disk.put(block, bytes);
    if (auto table = rdm::read_partition_table(disk))
        for (auto& partition : table->partitions)
            if (partition.sectors > disk.sectors() || partition.start > disk.sectors() - partition.sectors)
                __builtin_trap();
    return 0;
}
