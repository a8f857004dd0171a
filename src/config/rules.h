// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <set>
#include <string>
#include <vector>

#include "config/bindings.h"
#include "config/command_line.h"
#include "config/config.h"
#include "config/flavour.h"
#include "config/record.h"
#include "kernel/files.h"

namespace rdm {

/// All that people decided, before any disk is looked at. Decisions lend it: it outlives them.
struct Rules {
    Config config{};
    std::vector<std::string>
        named{};               ///< WWIDs that were asked for by name or recorded; whatever the configuration says
    bool named_alone = false;  ///< whoever named them waits for no other
    bool root_only = false;    ///< nothing else becomes a map: boot_scope()
    bool all = false;          ///< rd.mpath.scope=all: others do, too, where nobody has configured anything
    std::string record{};      ///< of this image: config/record.h
    std::vector<std::string> boot_disks{};              ///< as boot_scope() has them
    std::set<std::string, std::less<>> wwids{};         ///< of the wwids file
    std::vector<std::string> wwids_problems{};          ///< "/etc/multipath/wwids:7: …"
    std::set<std::string, std::less<>> failed_wwids{};  ///< names in /run/multipath/failed_wwids
    /// Between a map's name and a partition's number; udev's rules of upstream and Debian have this one. Source:
    /// decisions.md 11.2 (`kpartx -un -p -part`).
    std::string delimiter = "-part";
    Bindings bindings{};
    WwidFlavour flavour = WwidFlavour::libmultipath;
    bool keep_partitions = false;  ///< the kernel's own of paths: nobody takes them away
};

/// The rules of this image. Never fails: files that are not there, or make no sense, decide nothing. `words`: WWIDs
/// that a verb was given, for named_alone; none: what the command line and the record name. Bindings are read as the
/// main system does, whose file multipathd can rewrite.
[[nodiscard]] Rules read_rules(const Files& files, const CommandLine& line, const std::vector<std::string>& words);

/// Somebody has configured multipath: there is a multipath.conf, or anything in conf.d, or in the wwids file.
[[nodiscard]] bool is_configured(const Rules& rules);
[[nodiscard]] bool is_named(const Rules& rules, std::string_view wwid);
/// Only what is named becomes a map: nobody has configured multipath, but somebody has named some.
[[nodiscard]] bool names_decide(const Rules& rules);

/// The files that decide: 0.9 takes them from wwids_file and bindings_file, later ones have them in /etc/multipath.
[[nodiscard]] std::string wwids_file(const Config& config);
[[nodiscard]] std::string bindings_file(const Config& config);

}  // namespace rdm
