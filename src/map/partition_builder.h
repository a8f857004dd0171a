// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <string>
#include <string_view>

#include "map/partition.h"

namespace rdm {

/// Every partition becomes a device, and a hostile GPT could ask for 131,072 of them. kpartx stops at 256.
inline constexpr std::size_t most_partitions = 4096;

/// Puts a PartitionTable together from what a disk says of itself, and keeps out what no map can hold.
class PartitionBuilder {
public:
    /// `disk_sectors`: the disk's size in units of 512 bytes.
    PartitionBuilder(std::string_view format, std::uint64_t disk_sectors)
        : table_{std::string(format), {}, {}}, disk_sectors_(disk_sectors) {}

    /// A partition in units of 512 bytes, by ascending number. One that does not lie wholly on the disk is left out and
    /// named in the note: device-mapper refuses such a map to kpartx too, and its file system would miss its end.
    /// Beyond `most_partitions` nothing is added, and the note says so.
    void add(unsigned number, std::uint64_t start, std::uint64_t sectors);
    /// For an entry whose place is no number of sectors at all: the end before the start, or more than 64 bits.
    void leave_out(unsigned number);
    /// Something for the note; remarks are joined by "; ".
    void remark(std::string_view text);
    [[nodiscard]] PartitionTable finish() &&;

private:
    PartitionTable table_;
    std::uint64_t disk_sectors_;
    unsigned first_left_out_ = 0;
    unsigned left_out_ = 0;
    bool too_many_ = false;
};

}  // namespace rdm
