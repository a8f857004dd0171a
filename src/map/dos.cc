// SPDX-License-Identifier: GPL-2.0-or-later
#include "map/dos.h"

#include <algorithm>
#include <array>
#include <span>
#include <utility>
#include <vector>

#include "map/gpt.h"
#include "map/partition_builder.h"

namespace rdm {

namespace {

constexpr unsigned most_slots = 256;  // kpartx/kpartx.c, MAXSLICES
constexpr std::size_t most_links = 256;

struct Slot {
    std::uint8_t boot;
    std::uint8_t type;
    std::uint64_t start;  ///< both in units of 512 bytes
    std::uint64_t sectors;
    [[nodiscard]] bool is_extended() const { return type == 0x05 || type == 0x0f || type == 0x85; }
};

/// The four slots of a boot record. `scale`: 512-byte sectors in a block.
std::array<Slot, 4> slots_of(Bytes record, std::uint64_t scale) {
    std::array<Slot, 4> slots{};
    for (std::size_t n = 0; n < slots.size(); ++n) {
        const Bytes raw = record.subspan(446 + n * 16, 16);
        slots[n] = {raw[0], raw[4], le32(raw.subspan(8)) * scale, le32(raw.subspan(12)) * scale};
    }
    return slots;
}

bool has_boot_signature(Bytes record) { return record.size() >= 512 && le16(record.subspan(510)) == 0xaa55; }

/// FAT: reserved sectors, a number of FATs and a medium that exists, as the kernel asks. NTFS and exFAT: by name.
bool is_file_system(Bytes sector) {
    const Bytes maker = sector.subspan(3, 8);
    if (std::ranges::equal(maker, bytes_of("NTFS    ")) || std::ranges::equal(maker, bytes_of("EXFAT   "))) return true;
    return le16(sector.subspan(14)) != 0 && sector[16] != 0 && (sector[21] == 0xf0 || sector[21] >= 0xf8);
}

/// Follows one extended partition's chain of links; numbers go on over several extended ones.
class Chain {
public:
    Chain(BlockReader& disk, PartitionBuilder& builder) : disk_(disk), builder_(builder) {}

    void follow(std::uint64_t extended) {
        extended_ = extended;
        for (std::uint64_t at = extended; at != 0;) {
            const bool too_long = number_ > most_slots || seen_.size() == most_links;
            if (too_long || std::ranges::find(seen_, at) != seen_.end()) {
                builder_.remark(cat("chain of logical partitions ", too_long ? "too long" : "loops", ", cut"));
                return;
            }
            seen_.push_back(at);
            at = link(at);
        }
    }

private:
    /// Adds the partitions of the link at sector `at`; where the next one is, 0 if this is the last.
    std::uint64_t link(std::uint64_t at) {
        const std::uint64_t scale = disk_.block_size() / 512;
        if (at >= disk_.sectors() / scale * scale) {
            builder_.remark("chain of logical partitions leaves the disk, cut");
            return 0;
        }
        auto record = disk_.read(at * 512, disk_.block_size());
        if (!record) builder_.remark(cat("chain of logical partitions unreadable, cut: ", record.error().what()));
        if (!record || !has_boot_signature(*record)) return 0;
        std::uint64_t next = 0;
        auto slots = slots_of(*record, scale);
        for (auto& slot : std::span(slots).first(2)) {
            if (!slot.is_extended())
                add(at, slot);
            else if (next == 0 && slot.start != 0 && slot.sectors != 0)
                next = extended_ + slot.start;
        }
        return next;
    }

    void add(std::uint64_t link, const Slot& slot) {
        const unsigned number = number_++;
        if (slot.sectors == 0) {
            skipped_ = true;
        } else if (number <= most_slots) {
            if (skipped_ && !std::exchange(told_, true))
                builder_.remark(
                    cat("logical partition ", number, " follows an empty one that the kernel does not count"));
            builder_.add(number, link + slot.start, slot.sectors);
        }
    }

    BlockReader& disk_;
    PartitionBuilder& builder_;
    std::uint64_t extended_ = 0;
    unsigned number_ = 5;
    bool skipped_ = false;  ///< an empty slot took a number
    bool told_ = false;     ///< and the note says so
    std::vector<std::uint64_t> seen_;
};

}  // namespace

bool has_dos_table(Bytes first_sector) {
    if (!has_boot_signature(first_sector) || has_protective_mbr(first_sector)) return false;
    auto slots = slots_of(first_sector, 1);
    if (std::ranges::any_of(slots, [](auto& slot) { return slot.boot != 0 && slot.boot != 0x80; })) return false;
    const bool empty = std::ranges::all_of(slots, [](auto& slot) { return slot.sectors == 0; });
    return !empty || !is_file_system(first_sector);
}

PartitionTable read_dos(BlockReader& disk, Bytes first_sector) {
    const std::uint64_t scale = disk.block_size() / 512;
    PartitionBuilder builder("dos", disk.sectors());
    Chain chain(disk, builder);
    auto slots = slots_of(first_sector, scale);
    for (unsigned n = 0; n < slots.size(); ++n) {
        if (slots[n].sectors == 0) continue;
        builder.add(n + 1, slots[n].start,
                    slots[n].is_extended() ? std::max<std::uint64_t>(scale, 2) : slots[n].sectors);
    }
    for (auto& slot : slots)
        if (slot.is_extended() && slot.sectors != 0) chain.follow(slot.start);
    return std::move(builder).finish();
}

}  // namespace rdm
