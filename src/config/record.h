// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "config/command_line.h"

namespace rdm {

// What an image knows of the host that it was built on, as `rdmpath record` prints it: a text that a person can read. A
// line is a key and, behind a blank, its value to the end of the line, escape()d; lines with other keys say nothing. An
// empty line ends a paragraph; the first one is of the host, each of the others of a map or a disk:
//
//     recorded 2026-11-27
//     multipath-tools 0.9.4           what the main system has
//     wwid-from sg3                   config/flavour.h
//     partition-delimiter -part       between a map's name and a partition's number, by kpartx's rules
//     maps unknown                    in place of what follows: built where nobody could tell
//
//     map 360060e8012345678           the WWID of a map that the boot stands on
//     roles root swap                 what stands on it: root, usr, swap, resume; named: who built the image said so
//     name root                       when the image was built, as is the rest
//     size 209715200                  in sectors of 512 bytes
//     vendor HITACHI
//     product OPEN-V
//     paths 4 fcp                     how many, and the first one's transport
//     sysfs-wwid naa.60060e8012345678 sysfs attribute `wwid` of its paths, a line each
//
//     disk sda                        a disk that could be a path, in no map: likewise, without a name

/// Where the image keeps its record.
inline constexpr std::string_view record_file = "/etc/rdmpath/host";

/// Where the boot leaves it for the main system.
inline constexpr std::string_view booted_record = "/run/rdmpath/report";

/// The paragraph with this first line ("map 3600a"), but never the text's first one; "": there is none.
[[nodiscard]] std::string_view paragraph(std::string_view record, std::string_view first_line);

/// The value of the first line with this key; "": there is none.
[[nodiscard]] std::string recorded(std::string_view record, std::string_view key);

/// What this boot is about, by the record and the kernel's command line. True: nothing but what is wanted becomes a
/// map, the rest is left to the main system (rd.mpath.scope=root, the default where maps are recorded; but not where
/// nothing is wanted). `words`: WWIDs that a verb was given; then those alone are wanted, otherwise those of the
/// command line, in order, and of the record, each once: they are added to `wanted`. `disks` get the attributes `wwid`
/// in sysfs of all disks that the boot needs; none: any disk may be one of them.
bool boot_scope(std::string_view record, const CommandLine& line, const std::vector<std::string>& words,
                std::vector<std::string>& wanted, std::vector<std::string>& disks);

}  // namespace rdm
