// SPDX-License-Identifier: GPL-2.0-or-later
#include "map/partition_table.h"
#include "map/test_disk.h"

// The input is a whole disk, with a boot signature in each of its first sectors, so that chains get long; the first
// byte chooses the size of a block. What was read must survive the way through text.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    std::uint32_t block = (data[0] & 1) != 0 ? 4096 : 512;
    rdm::TestDisk disk((size / block + 1) * (block / 512), block);
    disk.put(0, rdm::Bytes(data + 1, size - 1));
    for (std::uint64_t sector = 0; sector * 512 + 512 <= size; ++sector)
        disk.put(sector * 512 + 510, rdm::Buffer{0x55, 0xaa});
    auto table = rdm::read_partition_table(disk);
    if (table && rdm::decode(rdm::encode(*table)) != table) __builtin_trap();
    return 0;
}
