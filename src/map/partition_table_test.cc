// SPDX-License-Identifier: GPL-2.0-or-later
#include "map/partition_table.h"

#include <gtest/gtest.h>

#include "kernel/fake_sysfs.h"
#include "map/test_disk.h"

namespace rdm {

namespace {

PartitionTable table_on(TestDisk& disk) {
    auto table = read_partition_table(disk);
    EXPECT_TRUE(table) << (table ? "" : table.error().what());
    return table.value_or(PartitionTable{"error", {}, {}});
}

// The partitions are those that kpartx lists for the same image (tests/data/partitions/record.sh); the commands and
// damages are in the files.
TEST(PartitionTable, AgreesWithKpartx) {
    struct {
        std::string_view image, format, note;
    } rows[] = {
        {"gpt-200", "gpt", ""},
        {"gpt-2", "gpt", ""},
        {"gpt-slots", "gpt", ""},
        {"gpt-empty", "gpt", ""},
        {"gpt-4kn", "gpt", ""},
        {"gpt-4kn-header-damaged", "gpt", "first GPT header damaged (wrong CRC), backup used"},
        {"gpt-header-damaged", "gpt", "first GPT header damaged (wrong CRC), backup used"},
        {"gpt-entries-damaged", "gpt", "first GPT entries damaged (wrong CRC), backup used"},
        {"gpt-both-damaged", "gpt",
         "first GPT header damaged (wrong CRC), backup in block 32767: header damaged (wrong CRC)"},
        {"gpt-grown", "gpt", "backup GPT header is not at the end of the disk"},
        {"gpt-no-pmbr", "none", "GPT without protective MBR ignored"},
        {"hybrid", "gpt", ""},
        {"pmbr-only", "gpt",
         "first GPT header damaged (no signature), backup in block 32767: header damaged (no signature)"},
        {"dos-logical-8", "dos", ""},
        {"dos-4kn", "dos", ""},
        {"dos-slots", "dos", ""},
        {"dos-empty", "dos", ""},
        {"dos-logical-empty", "dos", "logical partition 6 follows an empty one that the kernel does not count"},
        {"dos-two-extended", "dos", "logical partition 7 follows an empty one that the kernel does not count"},
        {"dos-link-0", "dos", ""},
        {"dos-leaves-disk", "dos", "chain of logical partitions leaves the disk, cut"},
        {"fat", "none", ""},
        {"ntfs", "none", ""},
        {"ext4", "none", ""},
        {"lvm", "none", ""},
        {"empty", "none", ""},
    };
    for (auto& row : rows) {
        auto [disk, kpartx] = recorded_disk(row.image);
        auto table = table_on(disk);
        EXPECT_EQ(encode(table), encode({std::string(row.format), kpartx, std::string(row.note)})) << row.image;
    }
}

// Where we say something else than kpartx on purpose: each row with the reason.
TEST(PartitionTable, DiffersFromKpartx) {
    struct {
        std::string_view image, want;
    } rows[] = {
        // device-mapper refuses kpartx the map of partition 2, which ends beyond the disk
        {"gpt-shrunk",
         "gpt 1:2048+4096\nthe disk is smaller than its GPT says; partition 2 is not within the disk, left out"},
        // kpartx looks in the last block only, finds nothing and leaves what it finds alone
        {"gpt-grown-damaged",
         "gpt 1:2048+4096 2:8192+6144\nfirst GPT entries damaged (wrong CRC), backup in block 49151: header damaged "
         "(no signature), backup used"},
        // kpartx repeats the same partitions up to number 256
        {"dos-loop", "dos 1:2048+2 5:4096+2048 6:8192+2048 7:12288+2048\nchain of logical partitions loops, cut"},
    };
    for (auto& row : rows) {
        auto [disk, kpartx] = recorded_disk(row.image);
        EXPECT_EQ(encode(table_on(disk)), row.want) << row.image;
    }
}

// The first two blocks at once, then the entries at once; the end of the disk only if it is needed.
TEST(PartitionTable, ReadsLittle) {
    struct {
        std::string_view image, want;
    } rows[] = {
        {"empty", "0+1024"},
        {"dos-slots", "0+1024"},
        {"gpt-2", "0+1024 1024+16384"},
        {"gpt-200", "0+1024 1024+25600"},
        {"gpt-4kn", "0+8192 8192+16384"},
        {"gpt-header-damaged", "0+1024 16776704+512 16760320+16384"},
    };
    for (auto& row : rows) {
        auto disk = recorded_disk(row.image).disk;
        (void)table_on(disk);
        EXPECT_EQ(disk.asked(), row.want) << row.image;
    }
}

TEST(PartitionTable, SmallDisks) {
    for (auto image : {"gpt-2", "dos-logical-8", "gpt-4kn"}) {
        auto disk = recorded_disk(image).disk;
        for (std::uint64_t sectors = 0; sectors < 70; ++sectors) {
            disk.resize(sectors);
            auto table = table_on(disk);
            EXPECT_TRUE(table.partitions.empty() || table.format == "dos") << image << " " << sectors;
        }
    }
}

TEST(PartitionTable, Unreadable) {
    struct {
        std::string_view name, image;
        std::vector<std::uint64_t> broken;
        std::string_view want;
    } rows[] = {
        {"nothing", "gpt-2", {0}, "error 5 partition table: Input/output error"},
        {"first header",
         "gpt-2",
         {512},
         "gpt 1:2048+4096 2:8192+6144\nfirst GPT header unreadable: Input/output error, backup used"},
        {"first entries",
         "gpt-2",
         {1024},
         "gpt 1:2048+4096 2:8192+6144\nfirst GPT entries unreadable: Input/output error, backup used"},
        {"both headers", "gpt-2", {512, 16776704}, "error 5 partition table: header unreadable: Input/output error"},
        {"damaged and unreadable",
         "gpt-header-damaged",
         {16776704},
         "error 5 partition table: header unreadable: Input/output error"},
        {"second block of a DOS disk", "dos-slots", {512}, "dos 2:8192+2048 4:2048+2048\n"},
        {"a link",
         "dos-logical-8",
         {24576 * 512},
         "dos 1:2048+4096 2:8192+8192 3:20480+2 5:22528+2048\nchain of logical partitions unreadable, cut: "
         "Input/output error"},
    };
    for (auto& row : rows) {
        auto disk = recorded_disk(row.image).disk;
        for (auto offset : row.broken) disk.break_at(offset);
        auto table = read_partition_table(disk);
        auto got = table ? encode(*table) : cat("error ", table.error().code(), " ", table.error().what());
        EXPECT_EQ(got, row.want) << row.name;
    }
}

TEST(PartitionTable, Preferred) {
    PartitionTable gpt{"gpt", {{1, 2048, 8}}, ""};
    PartitionTable broken{"gpt", {}, "first GPT damaged"};
    PartitionTable none{"none", {}, "GPT without protective MBR ignored"};
    PartitionTable kernels{"kernel", {{1, 24, 8}}, ""};
    PartitionTable nothing{"none", {}, ""};
    EXPECT_EQ(preferred(gpt, kernels), gpt);
    EXPECT_EQ(preferred(broken, kernels), broken);
    EXPECT_EQ(preferred(none, kernels), kernels);
    EXPECT_EQ(preferred(none, nothing), none);
}

// Attributes: Documentation/ABI/stable/sysfs-block of Linux; `partition`: block/partitions/core.c.
TEST(PartitionTable, AsTheKernelFoundIt) {
    FakeSysfs sysfs;
    auto partition = [&](std::string_view path, std::string_view number, std::string_view start,
                         std::string_view size) {
        sysfs.file(cat(path, "/partition"), number);
        sysfs.file(cat(path, "/start"), start);
        sysfs.file(cat(path, "/size"), size);
    };
    sysfs.file("block/sda/size", "131072\n");
    partition("block/sda/sda10", "10\n", "40960\n", "8\n");
    partition("block/sda/sda2", "2\n", "8192\n", "4096\n");
    partition("block/sda/sda1", "1\n", "192\n", "8000\n");
    partition("block/sda/sda3", "3\n", "8192\n", "0\n");
    partition("block/sda/sda4", "four\n", "8192\n", "8\n");
    partition("block/sda/sda5", "0\n", "8192\n", "8\n");
    partition("block/sda/sda6", "6\n", "-1\n", "8\n");
    partition("block/sda/queue", "7\n", "8192\n", "8\n");
    sysfs.file("block/sda/sda8/size", "8\n");
    partition("block/nvme0n1/nvme0n1p1", "1\n", "2048\n", "2048\n");
    sysfs.file("block/sdb/size", "131072\n");
    struct {
        std::string_view disk, want;
    } rows[] = {
        {"sda", "kernel 1:192+8000 2:8192+4096 10:40960+8\n"},
        {"nvme0n1", "kernel 1:2048+2048\n"},
        {"sdb", "none\n"},
        {"sdc", "error 2"},
    };
    for (auto& row : rows) {
        auto table = kernel_partitions(sysfs, row.disk);
        EXPECT_EQ(table ? encode(*table) : cat("error ", table.error().code()), row.want) << row.disk;
    }
}

TEST(PartitionTable, SurvivesTheWayThroughText) {
    PartitionTable tables[] = {
        {"none", {}, ""},
        {"kernel", {{1, 192, 8000}}, ""},
        {"gpt", {{1, 2048, 4096}, {128, UINT64_MAX - 1, 1}}, "first GPT header damaged (wrong CRC), backup used"},
        {"dos", {}, "two\nlines"},
    };
    for (auto& table : tables) EXPECT_EQ(decode(encode(table)), table);
    EXPECT_EQ(encode(tables[1]), "kernel 1:192+8000\n");
}

TEST(PartitionTable, RefusesOtherText) {
    struct {
        std::string_view text, want;
    } rows[] = {
        {"", "partition table cut short"},
        {"gpt 1:2048+40", "partition table cut short"},
        {"\n", "no partition table: "},
        {"sun\n", "no partition table: sun"},
        {"gpt 1\n", "no partition: 1"},
        {"gpt 1:2\n", "no partition: 1:2"},
        {"gpt 1+2:3\n", "no partition: 1+2:3"},
        {"gpt 1:2+\n", "no partition: 1:2+"},
        {"gpt 1:2+3+4\n", "no partition: 1:2+3+4"},
        {"gpt -1:2+3\n", "no partition: -1:2+3"},
        {"gpt 1:2+18446744073709551616\n", "no partition: 1:2+18446744073709551616"},
        {"gpt 1:2+3\x01\n", "no partition: 1:2+3\\x01"},
    };
    for (auto& row : rows) {
        auto table = decode(row.text);
        ASSERT_FALSE(table) << row.text;
        EXPECT_EQ(table.error(), (Error{EPROTO, std::string(row.want)})) << row.text;
    }
}

}  // namespace
}  // namespace rdm
