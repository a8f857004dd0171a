// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include "base/bytes.h"
#include "kernel/block.h"
#include "map/partition.h"

namespace rdm {

/// A GPT begins with these bytes, in the disk's second block.
inline constexpr std::string_view gpt_signature = "EFI PART";

/// Whether the first sector says "look for a GPT": the boot signature and type EEh in any of the four slots. A hybrid
/// MBR, which has other partitions beside it, counts too; where the slot begins does not matter (to kpartx it does not,
/// the kernel wants block 1). `first_sector`: at least 512 bytes, else the answer is no.
[[nodiscard]] bool has_protective_mbr(Bytes first_sector);

/// The partitions of a disk with a protective MBR. `beginning`: what is known of the disk's first blocks; only block 1
/// is looked at, and it is read if it isn't there. Numbers are slots, from 1; slots without a type are not listed.
/// The first header is taken if its CRC, that of its entries and its place are right; otherwise the backup in the
/// disk's last block, or where the first header says (a disk that has grown). The note tells. If none is sound: no
/// partitions and a note. An error is a disk that could not be read, so that nobody knows.
/// Bounds: entries of 128, 256, 512… bytes, 16 MiB of them at most, read in pieces of 64 KiB; `most_partitions`.
/// Sources: UEFI specification 2.10, 5.3; kpartx/gpt.c of multipath-tools 0.14.3 and block/partitions/efi.c of Linux.
/// Like kpartx, unlike the kernel: uses the backup unasked, and takes a table whose usable area exceeds the disk.
/// Unlike both: reads entries larger than 128 bytes, and more than 256. kpartx then finds no partitions (or none
/// beyond 256), and in that case it deletes none either.
Result<PartitionTable> read_gpt(BlockReader& disk, Bytes beginning);

}  // namespace rdm
