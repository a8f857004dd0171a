// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config/flavour.h"
#include "config/generation.h"

namespace rdm {

/// Which disks become maps in the initramfs. usual: root where maps were recorded when the image was built, else all.
enum class MapScope : std::uint8_t { usual, root, all };

/// What the kernel's command line asks of us. The last word wins where a parameter stands twice.
///
///     rd.mpath, rd.mpath=1|yes|on     on; 0, no, off or absent: off; anything else is a problem, and off
///     nompath, multipath=off          off, whatever rd.mpath says
///     rd.mpath.wwid=, mpath.wwid=     a map that is wanted; may stand any number of times
///     rd.mpath.scope=root|all         only what the boot stands on becomes maps, or all that would be one
///     rd.mpath.timeout=               seconds to wait for wanted maps, 0 to 86400
///     rd.mpath.like=                  the multipath-tools to decide like: 0.9, 0.11, 0.14, or a whole version
///     rd.mpath.wwid_from=             whose reading of a disk's pages is its WWID: sg3, sg3-t10, scsi_id, libmultipath
///     rd.mpath.debug                  as rd.mpath, for more lines in the log
///     quiet                           fewer lines on the console
///     dont_del_part_nodes             the kernel's partitions of paths stay (68-del-part-nodes.rules has it so)
///
/// Source: handoff.md 3 and 7. rd.multipath is not ours.
struct CommandLine {
    bool on = false;
    std::string why = "no rd.mpath on the command line";  ///< "rd.mpath=1", "nompath", …
    std::vector<std::string> wwids;                       ///< in order, each once
    MapScope scope = MapScope::usual;
    std::chrono::seconds timeout{30};      ///< a third of what systemd waits for a device (90 s)
    std::optional<Generation> like;        ///< nullopt: what the image has recorded
    std::optional<WwidFlavour> wwid_from;  ///< nullopt: what the image has recorded
    bool debug = false;
    bool quiet = false;
    bool keep_partitions = false;       ///< dont_del_part_nodes
    std::vector<std::string> problems;  ///< "rd.mpath=2: neither 1 nor 0, staying off"
    bool operator==(const CommandLine&) const = default;
};

/// `text`: /proc/cmdline. Never fails: what cannot be understood is a problem, and the rest counts.
[[nodiscard]] CommandLine parse_command_line(std::string_view text);

/// Adds a word unless it is there already.
void add_once(std::vector<std::string>& words, std::string_view word);

/// One word of the command line: "rd.mpath" and "1"; no value without "=".
struct CommandLineWord {
    std::string_view name;
    std::string_view value;
    bool has_value = false;
};

/// Takes the first word off, as the kernel divides them; nullopt: none is left. White space ends a word but not within
/// double quotes; quotes around a value (a="b c") or around the whole word ("a=b c") do not belong to it. Source:
/// lib/cmdline.c, next_arg().
[[nodiscard]] std::optional<CommandLineWord> next_command_line_word(std::string_view& text);

}  // namespace rdm
