// SPDX-License-Identifier: GPL-2.0-or-later
#include "map/gpt.h"

#include <algorithm>
#include <bit>

#include "base/crc32.h"
#include "map/partition_builder.h"

namespace rdm {

namespace {

constexpr std::size_t header_bytes = 92;  // all that the specification defines; the header may be larger
constexpr std::uint64_t most_entry_bytes = 16U << 20;
constexpr std::size_t piece_bytes = 64U << 10;  // a power of two, as entries are: no entry's head crosses a piece

struct Header {
    std::uint64_t my_lba;
    std::uint64_t alternate_lba;
    std::uint64_t last_usable_lba;
    std::uint64_t entries_lba;
    std::uint32_t entry_count;
    std::uint32_t entry_size;
    std::uint32_t entries_crc;
};

std::uint64_t block_sectors(const BlockReader& disk) { return disk.block_size() / 512; }
std::uint64_t blocks(const BlockReader& disk) { return disk.sectors() / block_sectors(disk); }

bool has_signature(Bytes block) {
    return block.size() >= gpt_signature.size() && std::ranges::equal(block.first(8), bytes_of(gpt_signature));
}

bool header_crc_is_right(Bytes block, std::uint32_t size) {
    constexpr std::uint8_t zeros[4] = {};  // the CRC is taken as if its own field were zero
    return crc32(block.subspan(20, size - 20), crc32(zeros, crc32(block.first(16)))) == le32(block.subspan(16));
}

/// The header in `block`, which was read from `lba`.
Result<Header> parse_header(Bytes block, std::uint64_t lba) {
    if (block.size() < header_bytes || !has_signature(block)) return fail(EPROTO, "header damaged (no signature)");
    const std::uint32_t size = le32(block.subspan(12));
    if (size < header_bytes || size > block.size()) return fail(EPROTO, "header damaged (", size, " bytes long)");
    if (!header_crc_is_right(block, size)) return fail(EPROTO, "header damaged (wrong CRC)");
    Header header{
        .my_lba = le64(block.subspan(24)),
        .alternate_lba = le64(block.subspan(32)),
        .last_usable_lba = le64(block.subspan(48)),
        .entries_lba = le64(block.subspan(72)),
        .entry_count = le32(block.subspan(80)),
        .entry_size = le32(block.subspan(84)),
        .entries_crc = le32(block.subspan(88)),
    };
    if (header.my_lba != lba) return fail(EPROTO, "header damaged (in block ", lba, ", not ", header.my_lba, ")");
    return header;
}

/// EPROTO if the entries cannot be where and what the header says.
Result<void> check_entries(const BlockReader& disk, const Header& header) {
    if (header.entry_size < 128 || !std::has_single_bit(header.entry_size))
        return fail(EPROTO, "entries damaged (", header.entry_size, " bytes each)");
    const std::uint64_t length = std::uint64_t{header.entry_count} * header.entry_size;
    if (length == 0 || length > most_entry_bytes)
        return fail(EPROTO, "entries damaged (", header.entry_count, " of ", header.entry_size, " bytes)");
    const std::uint64_t needed = (length + disk.block_size() - 1) / disk.block_size();
    if (header.entries_lba >= blocks(disk) || needed > blocks(disk) - header.entries_lba)
        return fail(EPROTO, "entries damaged (not within the disk)");
    return {};
}

void add_entry(PartitionBuilder& builder, unsigned number, Bytes entry, const BlockReader& disk) {
    if (std::ranges::all_of(entry.first(16), [](auto byte) { return byte == 0; })) return;  // no type: not in use
    const std::uint64_t first = le64(entry.subspan(32));
    const std::uint64_t last = le64(entry.subspan(40));
    if (first > last || last >= blocks(disk))
        builder.leave_out(number);
    else
        builder.add(number, first * block_sectors(disk), (last - first + 1) * block_sectors(disk));
}

/// All entries, added to `builder`; EPROTO if their CRC is wrong, and then what was added is worth nothing.
Result<void> read_entries(BlockReader& disk, const Header& header, PartitionBuilder& builder) {
    const std::uint64_t length = std::uint64_t{header.entry_count} * header.entry_size;
    const std::uint64_t start = header.entries_lba * disk.block_size();
    std::uint32_t crc = 0;
    for (std::uint64_t at = 0; at < length; at += piece_bytes) {
        auto want = static_cast<std::size_t>(std::min<std::uint64_t>(piece_bytes, length - at));
        const std::size_t whole = (want + disk.block_size() - 1) / disk.block_size() * disk.block_size();
        auto piece = TRY(disk.read(start + at, whole), "entries unreadable");
        auto bytes = TRY(take(piece, want));
        crc = crc32(bytes, crc);
        for (std::size_t in = 0; in < want; in += header.entry_size)
            if ((at + in) % header.entry_size == 0)
                add_entry(builder, static_cast<unsigned>((at + in) / header.entry_size + 1), bytes.subspan(in), disk);
    }
    if (crc != header.entries_crc) return fail(EPROTO, "entries damaged (wrong CRC)");
    return {};
}

void remark_on(PartitionBuilder& builder, const BlockReader& disk, const Header& header) {
    if (header.last_usable_lba >= blocks(disk))
        builder.remark("the disk is smaller than its GPT says");
    else if (header.my_lba == 1 && header.alternate_lba != blocks(disk) - 1)
        builder.remark("backup GPT header is not at the end of the disk");
    if (header.entry_size != 128)
        builder.remark(cat("GPT entries of ", header.entry_size, " bytes, which the kernel and kpartx do not read"));
}

/// The table whose header is in block `lba`. `block`: its bytes, read if there are none.
Result<PartitionTable> table_at(BlockReader& disk, std::uint64_t lba, Buffer& block) {
    if (block.empty()) block = TRY(disk.read(lba * disk.block_size(), disk.block_size()), "header unreadable");
    auto header = TRY(parse_header(block, lba));
    TRY(check_entries(disk, header));
    PartitionBuilder builder("gpt", disk.sectors());
    TRY(read_entries(disk, header, builder));
    remark_on(builder, disk, header);
    return std::move(builder).finish();
}

/// Where a backup header may be. A damaged first header may still say it, and a backup proves itself by its CRC.
std::vector<std::uint64_t> backup_places(const BlockReader& disk, Bytes first_header) {
    std::vector<std::uint64_t> places{blocks(disk) - 1};
    if (has_signature(first_header) && first_header.size() >= header_bytes) {
        const std::uint64_t alternate = le64(first_header.subspan(32));
        if (alternate > 1 && alternate < places[0]) places.push_back(alternate);
    }
    return places;
}

Result<PartitionTable> backup_table(BlockReader& disk, Bytes first_header, const Error& first_error) {
    Error error = first_error;
    std::string note = cat("first GPT ", first_error.what());
    for (auto lba : backup_places(disk, first_header)) {
        Buffer block;
        auto table = table_at(disk, lba, block);
        if (table) {
            note += table->note.empty() ? ", backup used" : ", backup used; ";
            table->note.insert(0, note);
            return table;
        }
        if (error.code() == EPROTO) error = table.error();
        note += cat(", backup in block ", lba, ": ", table.error().what());
    }
    if (error.code() != EPROTO) return std::unexpected(std::move(error));
    return PartitionTable{.format = "gpt", .partitions = {}, .note = std::move(note)};
}

}  // namespace

bool has_protective_mbr(Bytes first_sector) {
    if (first_sector.size() < 512 || le16(first_sector.subspan(510)) != 0xaa55) return false;
    for (std::size_t slot = 0; slot < 4; ++slot)
        if (first_sector[446 + slot * 16 + 4] == 0xee) return true;
    return false;
}

Result<PartitionTable> read_gpt(BlockReader& disk, Bytes beginning) {
    if (blocks(disk) < 2) return PartitionTable{.format = "gpt", .partitions = {}, .note = "disk too small for a GPT"};
    Buffer block;
    if (beginning.size() >= 2 * std::size_t{disk.block_size()}) {
        auto known = beginning.subspan(disk.block_size(), disk.block_size());
        block.assign(known.begin(), known.end());
    }
    auto table = table_at(disk, 1, block);
    return table ? table : backup_table(disk, block, table.error());
}

}  // namespace rdm
