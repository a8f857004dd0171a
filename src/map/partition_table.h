// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <string>
#include <string_view>

#include "kernel/block.h"
#include "kernel/sysfs.h"
#include "map/partition.h"

namespace rdm {

/// The partition table on a disk: "gpt", else "dos", else "none". Blocks: use it in a worker process.
/// Judged as kpartx of multipath-tools 0.14.3 would, because the main system's `kpartx -u` looks again: it makes what
/// is missing and deletes those of the numbers 1 to 256 that it does not find. It asks its readers in this order: gpt,
/// dos, bsd, solaris, unixware, dasd, mac, sun, ps3, and the first one with a partition wins; if none has any, it
/// deletes nothing. Its dos reader takes every disk with a boot signature and without type EEh, so of the later ones
/// only those without that signature ever matter (a DASD's volume label, a bare BSD or Sun label, an Apple map): they
/// are not read here, but taken from the kernel, see kernel_partitions(). Formats that only the kernel knows (SGI,
/// Amiga, …) survive kpartx as well. An error is a disk that could not be read. A small disk or an all-zero sector is
/// "none".
Result<PartitionTable> read_partition_table(BlockReader& disk);

/// What the kernel found on a path: block/DISK/*/{partition,start,size} in sysfs, format "kernel", by number; "none" if
/// there is nothing. Error: the disk is gone.
Result<PartitionTable> kernel_partitions(const Sysfs& sysfs, std::string_view disk);

/// Which of the two counts: what we read ourselves, unless that is "none" and the kernel found partitions.
PartitionTable preferred(PartitionTable ours, PartitionTable kernels);

/// A table as text, for the way out of a worker process: "gpt 1:2048+4096 2:6144+2048", and on a second line the note.
/// decode() gives the same value back; EPROTO: not such a text, or cut before the line's end.
[[nodiscard]] std::string encode(const PartitionTable& table);
Result<PartitionTable> decode(std::string_view text);

}  // namespace rdm
