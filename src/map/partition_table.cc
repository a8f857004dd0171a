// SPDX-License-Identifier: GPL-2.0-or-later
#include "map/partition_table.h"

#include <algorithm>

#include "base/sort.h"
#include "map/dos.h"
#include "map/gpt.h"

namespace rdm {

namespace {

/// The first two blocks in one read; the first alone if the second can't be had (a GPT has its backup).
Result<Buffer> read_beginning(BlockReader& disk) {
    const std::size_t block = disk.block_size();
    const std::uint64_t blocks = disk.sectors() / (block / 512);
    if (blocks == 0) return Buffer{};
    if (blocks > 1)
        if (auto both = disk.read(0, 2 * block)) return both;
    return disk.read(0, block);
}

bool has_gpt_header(Bytes beginning, std::size_t block) {
    return beginning.size() >= 2 * block &&
           std::ranges::equal(beginning.subspan(block, gpt_signature.size()), bytes_of(gpt_signature));
}

std::optional<Partition> kernel_partition(const Sysfs& sysfs, std::string_view directory) {
    auto value = [&](std::string_view name) -> std::optional<std::uint64_t> {
        auto word = sysfs.word(cat(directory, "/", name));
        return word ? number<std::uint64_t>(*word) : std::nullopt;
    };
    auto index = value("partition");
    auto start = value("start");
    auto sectors = value("size");
    if (!index || !start || !sectors || *index == 0 || *index > UINT32_MAX || *sectors == 0) return std::nullopt;
    return Partition{.number = static_cast<unsigned>(*index), .start = *start, .sectors = *sectors};
}

std::optional<Partition> partition_of(std::string_view word) {
    auto colon = word.find(':');
    auto plus = word.find('+');
    if (colon == std::string_view::npos || plus == std::string_view::npos || plus < colon) return std::nullopt;
    auto index = number<unsigned>(word.substr(0, colon));
    auto start = number<std::uint64_t>(word.substr(colon + 1, plus - colon - 1));
    auto sectors = number<std::uint64_t>(word.substr(plus + 1));
    if (!index || !start || !sectors) return std::nullopt;
    return Partition{.number = *index, .start = *start, .sectors = *sectors};
}

bool is_format(std::string_view word) { return word == "gpt" || word == "dos" || word == "kernel" || word == "none"; }

}  // namespace

Result<PartitionTable> read_partition_table(BlockReader& disk) {
    auto beginning = TRY(read_beginning(disk), "partition table");
    if (has_protective_mbr(beginning)) return TRY(read_gpt(disk, beginning), "partition table");
    PartitionTable table{.format = "none", .partitions = {}, .note = {}};
    if (has_dos_table(beginning)) table = read_dos(disk, beginning);
    if (has_gpt_header(beginning, disk.block_size()))
        table.note.insert(
            0, table.note.empty() ? "GPT without protective MBR ignored" : "GPT without protective MBR ignored; ");
    return table;
}

Result<PartitionTable> kernel_partitions(const Sysfs& sysfs, std::string_view disk) {
    auto directory = cat("block/", disk);
    PartitionTable table{.format = "none", .partitions = {}, .note = {}};
    for (const auto& name : TRY(sysfs.list(directory))) {
        if (!name.starts_with(disk)) continue;
        if (auto found = kernel_partition(sysfs, cat(directory, "/", name))) table.partitions.push_back(*found);
    }
    sort_by(table.partitions);
    if (!table.partitions.empty()) table.format = "kernel";
    return table;
}

PartitionTable preferred(PartitionTable ours, PartitionTable kernels) {
    return ours.format == "none" && kernels.format == "kernel" ? std::move(kernels) : std::move(ours);
}

std::string encode(const PartitionTable& table) {
    std::string text = table.format;
    for (const auto& partition : table.partitions)
        text += cat(" ", partition.number, ":", partition.start, "+", partition.sectors);
    return text + cat("\n", table.note);
}

Result<PartitionTable> decode(std::string_view text) {
    auto end = text.find('\n');
    if (end == std::string_view::npos) return fail(EPROTO, "partition table cut short");
    auto list = words(text.substr(0, end));
    if (list.empty() || !is_format(list[0])) return fail(EPROTO, "no partition table: ", safe(text.substr(0, end)));
    PartitionTable table{.format = std::string(list[0]), .partitions = {}, .note = std::string(text.substr(end + 1))};
    for (auto word : std::span(list).subspan(1)) {
        auto partition = partition_of(word);
        if (!partition) return fail(EPROTO, "no partition: ", safe(word));
        table.partitions.push_back(*partition);
    }
    return table;
}

}  // namespace rdm
