// SPDX-License-Identifier: GPL-2.0-or-later
#include "map/partition_builder.h"

#include "base/text.h"

namespace rdm {

void PartitionBuilder::add(unsigned number, std::uint64_t start, std::uint64_t sectors) {
    if (start > disk_sectors_ || sectors > disk_sectors_ - start)
        leave_out(number);
    else if (table_.partitions.size() == most_partitions)
        too_many_ = true;
    else
        table_.partitions.push_back({.number = number, .start = start, .sectors = sectors});
}

void PartitionBuilder::leave_out(unsigned number) {
    if (left_out_++ == 0) first_left_out_ = number;
}

void PartitionBuilder::remark(std::string_view text) {
    if (!table_.note.empty()) table_.note += "; ";
    table_.note += text;
}

PartitionTable PartitionBuilder::finish() && {
    if (left_out_ == 1) remark(cat("partition ", first_left_out_, " is not within the disk, left out"));
    if (left_out_ > 1)
        remark(cat("partition ", first_left_out_, " and ", left_out_ - 1, " more are not within the disk, left out"));
    if (too_many_) remark(cat("more than ", most_partitions, " partitions, the rest left out"));
    return std::move(table_);
}

}  // namespace rdm
