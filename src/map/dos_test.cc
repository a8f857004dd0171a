// SPDX-License-Identifier: GPL-2.0-or-later
#include "map/dos.h"

#include <gtest/gtest.h>

#include <random>

#include "map/partition_table.h"
#include "map/test_disk.h"

namespace rdm {
namespace {

struct Slot {
    std::uint8_t type = 0x83;
    std::uint32_t start = 0;
    std::uint32_t blocks = 0;
    std::uint8_t boot = 0;
};

/// A boot record as the UEFI specification 2.10, 5.2.1 lays it out.
void put_record(TestDisk& disk, std::uint64_t block, const std::vector<Slot>& slots) {
    Buffer record(512);
    for (std::size_t n = 0; n < slots.size(); ++n) {
        auto* raw = &record[446 + 16 * n];
        raw[0] = slots[n].boot;
        raw[4] = slots[n].type;
        for (unsigned byte = 0; byte < 4; ++byte) {
            raw[8 + byte] = static_cast<std::uint8_t>(slots[n].start >> 8 * byte);
            raw[12 + byte] = static_cast<std::uint8_t>(slots[n].blocks >> 8 * byte);
        }
    }
    record[510] = 0x55;
    record[511] = 0xaa;
    disk.put(block * disk.block_size(), record);
}

std::string read(TestDisk disk) {
    auto table = read_partition_table(disk);
    return table ? encode(*table) : cat("error ", table.error().what());
}

std::string read_slots(const std::vector<Slot>& slots) {
    TestDisk disk(100000, 512);
    put_record(disk, 0, slots);
    return read(disk);
}

// Boot indicators: block/partitions/msdos.c, msdos_partition(). Partition beyond the disk: device-mapper's refusal.
TEST(Dos, Slots) {
    struct {
        std::string_view name;
        std::vector<Slot> slots;
        std::string_view want;
    } rows[] = {
        {"bootable", {{.start = 8, .blocks = 8, .boot = 0x80}}, "dos 1:8+8\n"},
        {"boot indicator 1", {{.start = 8, .blocks = 8, .boot = 1}}, "none\n"},
        {"text in the last slot", {{.start = 8, .blocks = 8}, {}, {}, {.boot = 'r'}}, "none\n"},
        {"no type, but a size", {{.type = 0, .start = 8, .blocks = 8}}, "dos 1:8+8\n"},
        {"the whole disk, as on hybrid ISO images", {{.type = 0x17, .start = 0, .blocks = 100000}}, "dos 1:0+100000\n"},
        {"one sector too many",
         {{.start = 1, .blocks = 100000}, {.start = 8, .blocks = 8}},
         "dos 2:8+8\npartition 1 is not within the disk, left out"},
        {"absurd", {{.start = UINT32_MAX, .blocks = UINT32_MAX}}, "dos\npartition 1 is not within the disk, left out"},
        {"type EEh is a GPT's",
         {{.start = 8, .blocks = 8}, {.type = 0xee, .start = 1, .blocks = 9}},
         "gpt\nfirst GPT header damaged (no signature), backup in block 99999: header damaged (no signature)"},
        {"extended of no size", {{.type = 5, .start = 8}}, "dos\n"},
        {"extended without a link", {{.type = 5, .start = 8, .blocks = 80}}, "dos 1:8+2\n"},
        {"extended beyond the disk",
         {{.type = 0x0f, .start = 200000, .blocks = 80}},
         "dos\nchain of logical partitions leaves the disk, cut; partition 1 is not within the disk, left out"},
        {"extended that begins at 0", {{.type = 0x85, .start = 0, .blocks = 80}}, "dos 1:0+2\n"},
    };
    for (auto& row : rows) EXPECT_EQ(read_slots(row.slots), row.want) << row.name;
}

// The boot sector that Windows writes has its messages where a partition table would be.
TEST(Dos, BootSectorsOfFileSystems) {
    Buffer ntfs(512);
    std::ranges::copy(std::string_view("\xeb\x52\x90NTFS    "), ntfs.begin());
    ntfs[510] = 0x55;
    ntfs[511] = 0xaa;
    EXPECT_FALSE(has_dos_table(ntfs)) << "four empty slots";
    std::ranges::copy(std::string_view("\r\nPress Ctrl+Alt+Del to restart\r\n"), ntfs.begin() + 446);
    EXPECT_FALSE(has_dos_table(ntfs)) << "text";
    std::ranges::copy(std::string_view("\xeb\x76\x90"
                                       "EXFAT   "),
                      ntfs.begin());
    std::fill(ntfs.begin() + 446, ntfs.begin() + 510, std::uint8_t{0});
    EXPECT_FALSE(has_dos_table(ntfs)) << "exFAT";
    EXPECT_FALSE(has_dos_table(Bytes(ntfs).first(511)));
}

// kpartx/dos.c: two slots a link, at most 256 numbers, of which the empty slot takes one too.
TEST(Dos, LongChain) {
    TestDisk disk(100000, 512);
    put_record(disk, 0, {{.type = 5, .start = 1000, .blocks = 90000}});
    for (std::uint32_t n = 0; n < 400; ++n)
        put_record(disk, 1000 + n * 10, {{.start = 1, .blocks = 9}, {.type = 5, .start = (n + 1) * 10, .blocks = 10}});
    auto table = read_partition_table(disk);
    ASSERT_TRUE(table);
    ASSERT_EQ(table->partitions.size(), 253U);
    EXPECT_EQ(table->partitions.back(), (Partition{256, 1000 + 251 * 10 + 1, 9}));
    EXPECT_EQ(table->note, "chain of logical partitions too long, cut");
}

TEST(Dos, ChainOfNothingButLinks) {
    TestDisk disk(100000, 512);
    put_record(disk, 0, {{.type = 5, .start = 1000, .blocks = 90000}});
    for (std::uint32_t n = 0; n < 400; ++n)
        put_record(disk, 1000 + n, {{.type = 5, .start = n + 1, .blocks = 10}, {.type = 5, .start = n, .blocks = 10}});
    EXPECT_EQ(read(disk), "dos 1:1000+2\nchain of logical partitions too long, cut");
}

// The third and fourth slot of a link are garbage to kpartx; the kernel looks at them.
TEST(Dos, LinkWithFourSlots) {
    TestDisk disk(100000, 512);
    put_record(disk, 0, {{.type = 5, .start = 1000, .blocks = 1000}});
    put_record(disk, 1000,
               {{.start = 10, .blocks = 10}, {.start = 20, .blocks = 10}, {.start = 30, .blocks = 10}, {.start = 40}});
    EXPECT_EQ(read(disk), "dos 1:1000+2 5:1010+10 6:1020+10\n");
}

// Recorded images with bytes changed at random: nothing crashes, no partition leaves the disk, no number comes twice.
TEST(Dos, Mutations) {
    std::mt19937 random(20240301);
    for (auto image : {"dos-logical-8", "dos-4kn", "dos-two-extended", "hybrid", "fat"}) {
        auto good = recorded_disk(image).disk;
        auto pages = good.pages();
        for (int round = 0; round < 300; ++round) {
            auto disk = good;
            for (int n = 0; n < 3; ++n)
                disk.put(pages[random() % pages.size()] + 446 + random() % 66,
                         Buffer{static_cast<std::uint8_t>(random())});
            auto table = read_partition_table(disk);
            ASSERT_TRUE(table) << image << round;
            unsigned last = 0;
            for (auto& p : table->partitions) {
                EXPECT_GT(p.number, last) << image << round;
                EXPECT_LE(p.start + p.sectors, disk.sectors()) << image << round;
                last = p.number;
            }
        }
    }
}

}  // namespace
}  // namespace rdm
