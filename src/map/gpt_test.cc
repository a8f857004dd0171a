// SPDX-License-Identifier: GPL-2.0-or-later
#include "map/gpt.h"

#include <gtest/gtest.h>

#include <array>
#include <random>

#include "base/crc32.h"
#include "map/partition_builder.h"
#include "map/partition_table.h"
#include "map/test_disk.h"

namespace rdm {
namespace {

/// A GPT as the UEFI specification 2.10 lays it out (5.2.3, tables 5.5 and 5.6), with everything open to be wrong.
struct Gpt {
    std::uint64_t my_lba = 1;
    std::uint64_t alternate_lba = 65535;
    std::uint64_t last_usable_lba = 65500;
    std::uint64_t entries_lba = 2;
    std::uint32_t header_size = 92;
    std::uint32_t count = 128;
    std::uint32_t entry_size = 128;
    std::vector<Partition> partitions = {{1, 2048, 2048}, {2, 4096, 8}};  // in blocks
};

void put_number(Buffer& bytes, std::size_t at, std::size_t width, std::uint64_t value) {
    for (std::size_t n = 0; n < width; ++n) bytes.at(at + n) = static_cast<std::uint8_t>(value >> 8 * n);
}

Buffer entries_of(const Gpt& gpt) {
    Buffer bytes(std::size_t{gpt.count} * gpt.entry_size);
    for (auto& partition : gpt.partitions) {
        std::size_t at = std::size_t{partition.number - 1} * gpt.entry_size;
        put_number(bytes, at, 4, 0x0fc63daf);  // "Linux filesystem data" begins so
        put_number(bytes, at + 32, 8, partition.start);
        put_number(bytes, at + 40, 8, partition.start + partition.sectors - 1);
    }
    return bytes;
}

Buffer header_of(const Gpt& gpt, std::uint32_t entries_crc) {
    Buffer bytes(512);
    std::ranges::copy(gpt_signature, bytes.begin());
    put_number(bytes, 8, 4, 0x00010000);
    put_number(bytes, 12, 4, gpt.header_size);
    put_number(bytes, 24, 8, gpt.my_lba);
    put_number(bytes, 32, 8, gpt.alternate_lba);
    put_number(bytes, 40, 8, 34);
    put_number(bytes, 48, 8, gpt.last_usable_lba);
    put_number(bytes, 72, 8, gpt.entries_lba);
    put_number(bytes, 80, 4, gpt.count);
    put_number(bytes, 84, 4, gpt.entry_size);
    put_number(bytes, 88, 4, entries_crc);
    put_number(bytes, 16, 4, crc32(Bytes(bytes).first(std::min(gpt.header_size, 512U))));
    return bytes;
}

constexpr std::uint8_t protective_slot[] = {0, 0, 2, 0, 0xee, 0xff, 0xff, 0xff, 1, 0, 0, 0, 0xff, 0xff, 0, 0};
constexpr std::uint8_t boot_signature[] = {0x55, 0xaa};

/// A disk of 65,536 blocks with this GPT; `entries` false: only the header, for counts that no memory should hold.
TestDisk disk_with(const Gpt& gpt, std::uint32_t block_size = 512, bool entries = true) {
    TestDisk disk(65536ULL * block_size / 512, block_size);
    disk.put(446, protective_slot);
    disk.put(510, boot_signature);
    Buffer bytes = entries ? entries_of(gpt) : Buffer{};
    disk.put(block_size, header_of(gpt, crc32(bytes)));
    if (entries) disk.put(gpt.entries_lba * block_size, bytes);
    return disk;
}

std::string read(TestDisk disk) {
    auto table = read_partition_table(disk);
    return table ? encode(*table) : cat("error ", table.error().what());
}

// Sizes of entries: UEFI 2.10, table 5.5, SizeOfPartitionEntry: 128 × 2^n. kpartx 0.9.4 lists nothing for 256.
TEST(Gpt, EntrySizes) {
    struct {
        std::string_view name;
        Gpt gpt;
        std::string_view want;
    } rows[] = {
        {"128", {}, "gpt 1:2048+2048 2:4096+8\n"},
        {"256",
         {.entry_size = 256},
         "gpt 1:2048+2048 2:4096+8\nGPT entries of 256 bytes, which the kernel and kpartx do not read"},
        {"131072",
         {.count = 3, .entry_size = 131072},
         "gpt 1:2048+2048 2:4096+8\nGPT entries of 131072 bytes, which the kernel and kpartx do not read"},
        {"two entries", {.count = 2}, "gpt 1:2048+2048 2:4096+8\n"},
        {"five entries", {.count = 5, .partitions = {{5, 100, 7}}}, "gpt 5:100+7\n"},
        {"beyond the kernel's 256", {.count = 1024, .partitions = {{1000, 4096, 8}}}, "gpt 1000:4096+8\n"},
        {"larger header", {.header_size = 512}, "gpt 1:2048+2048 2:4096+8\n"},
    };
    for (auto& row : rows) EXPECT_EQ(read(disk_with(row.gpt)), row.want) << row.name;
}

TEST(Gpt, Scales) {
    EXPECT_EQ(read(disk_with({}, 4096)), "gpt 1:16384+16384 2:32768+64\n");
    EXPECT_EQ(read(disk_with({}, 1024)), "gpt 1:4096+4096 2:8192+16\n");
}

// Each is refused and says why; there is no backup on these disks.
TEST(Gpt, Refused) {
    struct {
        std::string_view name;
        Gpt gpt;
        std::string_view want;
    } rows[] = {
        {"entries of 64 bytes", {.entry_size = 64}, "entries damaged (64 bytes each)"},
        {"entries of 136 bytes", {.entry_size = 136}, "entries damaged (136 bytes each)"},
        {"entries of nothing", {.entry_size = 0}, "entries damaged (0 bytes each)"},
        {"no entries", {.count = 0}, "entries damaged (0 of 128 bytes)"},
        {"more than 16 MiB", {.count = 131073}, "entries damaged (131073 of 128 bytes)"},
        {"all that 32 bits hold", {.count = UINT32_MAX}, "entries damaged (4294967295 of 128 bytes)"},
        {"huge entries", {.entry_size = 1U << 31}, "entries damaged (128 of 2147483648 bytes)"},
        {"entries at the end", {.entries_lba = 65505}, "entries damaged (not within the disk)"},
        {"entries beyond", {.entries_lba = UINT64_MAX}, "entries damaged (not within the disk)"},
        {"entries where bytes overflow", {.entries_lba = 1ULL << 55}, "entries damaged (not within the disk)"},
        {"header too short", {.header_size = 91}, "header damaged (91 bytes long)"},
        {"header longer than a block", {.header_size = 513}, "header damaged (513 bytes long)"},
        {"header from elsewhere", {.my_lba = 7}, "header damaged (in block 1, not 7)"},
    };
    for (auto& row : rows)
        EXPECT_EQ(read(disk_with(row.gpt, 512, false)),
                  cat("gpt\nfirst GPT ", row.want, ", backup in block 65535: header damaged (no signature)"))
            << row.name;
}

TEST(Gpt, PartitionsBeyondTheDisk) {
    struct {
        std::string_view name;
        std::vector<Partition> partitions;
        std::string_view want;
    } rows[] = {
        {"the last block", {{1, 65535, 1}}, "gpt 1:65535+1\n"},
        {"one block too many", {{1, 65535, 2}}, "gpt\npartition 1 is not within the disk, left out"},
        {"start beyond", {{1, 65536, 1}, {2, 8, 8}}, "gpt 2:8+8\npartition 1 is not within the disk, left out"},
        {"end before start", {{1, 100, UINT64_MAX - 50}}, "gpt\npartition 1 is not within the disk, left out"},
        {"all of 64 bits", {{1, 0, 0}}, "gpt\npartition 1 is not within the disk, left out"},
        {"three of them",
         {{2, 65536, 1}, {4, 65536, 1}, {9, 70000, 1}},
         "gpt\npartition 2 and 2 more are not within the disk, left out"},
    };
    for (auto& row : rows) EXPECT_EQ(read(disk_with({.partitions = row.partitions})), row.want) << row.name;
}

TEST(Gpt, TooManyPartitions) {
    Gpt gpt{.count = 5000, .partitions = {}};
    for (unsigned n = 1; n <= 5000; ++n) gpt.partitions.push_back({n, 40000, 1});
    auto disk = disk_with(gpt);
    auto table = read_partition_table(disk);
    ASSERT_TRUE(table);
    EXPECT_EQ(table->partitions.size(), most_partitions);
    EXPECT_EQ(table->note, "more than 4096 partitions, the rest left out");
    EXPECT_LE(disk.most_at_once(), 65536U) << "entries are read in pieces";
}

// The kernel wants a protective slot that begins at block 1; kpartx/gpt.c, is_pmbr_valid(), any slot of type EEh.
TEST(Gpt, ProtectiveMbr) {
    Buffer sector(512);
    EXPECT_FALSE(has_protective_mbr(sector));
    for (std::size_t slot = 0; slot < 4; ++slot) {
        Buffer mbr(512);
        mbr[446 + 16 * slot + 4] = 0xee;
        EXPECT_FALSE(has_protective_mbr(mbr)) << "no boot signature";
        mbr[510] = 0x55;
        mbr[511] = 0xaa;
        EXPECT_TRUE(has_protective_mbr(mbr)) << slot;
        EXPECT_FALSE(has_protective_mbr(Bytes(mbr).first(511)));
    }
}

// What a header's CRC covers: any single damaged bit of the first header or entries ends in the backup, or changes
// nothing (bytes beyond the header's 92).
TEST(Gpt, EveryDamagedByte) {
    auto good = recorded_disk("gpt-2");
    for (std::uint64_t at = 512; at < 1024 + 256; at += at < 512 + 96 ? 1 : 16) {
        auto disk = good.disk;
        auto byte = disk.read(at / 512 * 512, 512).value()[at % 512];
        disk.put(at, Buffer{static_cast<std::uint8_t>(byte ^ 0x10)});
        auto table = read_partition_table(disk);
        ASSERT_TRUE(table) << at;
        EXPECT_EQ(table->partitions, good.kpartx) << at;
        EXPECT_EQ(table->note.ends_with(", backup used"), at < 512 + 92 || at >= 1024) << at << table->note;
    }
}

/// Mostly `usual`, else a number that hurts.
std::uint64_t wild(std::mt19937_64& random, std::uint64_t usual) {
    std::uint64_t choices[] = {usual, usual, usual, 0, 1, random() % 70000, UINT32_MAX, random(), UINT64_MAX};
    return choices[random() % std::size(choices)];
}

void expect_within(TestDisk disk, int round) {
    auto table = read_partition_table(disk);
    ASSERT_TRUE(table) << round;
    for (auto& p : table->partitions) {
        EXPECT_LE(p.start, disk.sectors()) << round;
        EXPECT_LE(p.sectors, disk.sectors() - p.start) << round;
    }
}

// Numbers at random with right CRCs: nothing crashes, and no partition leaves the disk.
TEST(Gpt, HostileNumbers) {
    std::mt19937_64 random(20240229);
    for (int round = 0; round < 300; ++round) {
        Gpt gpt{.my_lba = wild(random, 1), .alternate_lba = wild(random, 65535), .entries_lba = wild(random, 2)};
        gpt.last_usable_lba = wild(random, 65500);
        gpt.header_size = static_cast<std::uint32_t>(wild(random, 92));
        gpt.count = std::array{0U, 1U, 4U, 600U, 1U << 18, UINT32_MAX}[random() % 6];
        gpt.entry_size = static_cast<std::uint32_t>(wild(random, 128));
        expect_within(disk_with(gpt, 512, false), round);
        Gpt sound{.count = 4, .partitions = {}};
        for (unsigned n = 1; n <= 4; ++n) sound.partitions.push_back({n, wild(random, 2048), wild(random, 8)});
        expect_within(disk_with(sound), round);
    }
}

}  // namespace
}  // namespace rdm
