// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include "base/bytes.h"
#include "kernel/block.h"
#include "map/partition.h"

namespace rdm {

/// Whether a disk's first sector holds a DOS partition table: the boot signature, no slot of type EEh (that is a GPT's,
/// even a broken one's), and in all four slots a boot indicator of 0 or 80h, else it is the boot sector of a FAT, NTFS
/// or other file system, whose code and messages lie there. So is a FAT, NTFS or exFAT boot sector with four empty
/// slots. `first_sector`: at least 512 bytes, else the answer is no. Sources: block/partitions/msdos.c of Linux;
/// kpartx/dos.c of multipath-tools 0.14.3, which lacks the last two checks and asks device-mapper for what it then
/// reads in the code.
[[nodiscard]] bool has_dos_table(Bytes first_sector);

/// The partitions of a disk whose `first_sector` has_dos_table(). Primary ones are 1 to 4 by slot, empty slots are not
/// listed. An extended one (05h, 0Fh, 85h) is the 2 sectors that a boot loader may use (one block of a 4Kn disk); the
/// logical ones in it count from 5, over both slots of each link, of which an empty one takes a number too: so counts
/// kpartx; the kernel skips it, and the note says where they part. A chain that loops, leaves the disk, cannot be read
/// or goes on for more than 256 slots or links ends there, and the note says so.
/// Of tables that make no sense kpartx takes more: it follows an extended partition without a length or one that starts
/// at sector 0, and counts what it finds there; the kernel and we do not.
/// Slices that the kernel finds inside a partition (BSD, Solaris, UnixWare, Minix) are not listed: kpartx knows none.
/// Sources as above; the scale of start and length is the disk's logical block.
PartitionTable read_dos(BlockReader& disk, Bytes first_sector);

}  // namespace rdm
