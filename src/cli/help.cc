// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/help.h"

#include <algorithm>

#include "base/packed.h"

namespace rdm {

namespace {

constexpr std::string_view overview =
    R"(rdmpath finds the paths to each disk, joins them to maps and watches over them.

usage: rdmpath VERB [OPTION...] [WORD...]

  run                             the event loop: assemble, watch, repair until
                                  SIGTERM; paths that come late join
  assemble [WWID...]              find the paths and bring up the maps once
  wait [OPTION...] [WWID...]      return when the maps and partitions are usable
  list [--json]                   maps, priority groups, paths and their states
  plan                            the tables that assemble would load
  explain [DEVICE|WWID]           why a disk is or is not a path of a map
  claim DEVICE                    for udev: is this disk a path of ours?
  scope                           for hooks: is it on, and for which disks?
  flush                           stop queueing, remove the maps not in use
  record [--generic] [DEVICE...]  for image builds: what this host boots from
  verify [FILE]                   is an image's record still true?
  config [OPTION...]              multipath.conf as multipathd understands it
  snapshot [--anonymous]          this machine as a text; list, plan and explain
                                  take --snapshot FILE and decide on it
  --version, --help               and "rdmpath VERB --help" for one verb

Without a WWID: all disks with two paths or more.
exit status: 0 done; 1 not (all) there; 2 wrong usage or configuration;
             3 the kernel or a device refused
)";

constexpr std::string_view exit_status = overview.substr(overview.find("exit status:"));

/// A verb with what it takes, an empty line, and what it does, as far as nobody should have to look it up in
/// rdmpath(8); a form feed ends it.
constexpr std::string_view verb_helps =
    R"(run

Finds all paths, brings up their maps and watches over them until SIGTERM or
SIGINT; the maps stay. Does nothing unless rd.mpath=1 stands on the kernel's
command line. rd.mpath.scope=all: also maps that the boot does not need.
)"
    "\f"
    R"(assemble [WWID...]

Does what run does, once. With WWIDs it waits for these maps alone, and one path
is enough. Status 1 if a wanted map is not up in the end.
)"
    "\f"
    R"(wait [--timeout S] [--present] [WWID...]

Returns as soon as the wanted maps and their partitions are usable, with status
1 after S seconds (0: looks once). --present: disks that are not there yet are
waited for only if they are named or recorded.
)"
    "\f"
    R"(list [--json] [--snapshot FILE]

Maps with their priority groups, paths and partitions ("kernel:" marks what
device-mapper sees in another way), and why other disks are in none.
)"
    "\f"
    R"(plan [--snapshot FILE]

Prints what assemble would do and touches nothing: new maps as lines for
"dmsetup create --concise", the rest on standard error.
)"
    "\f"
    R"(explain [--snapshot FILE] [DEVICE|WWID]

Why this disk (sdb, /dev/sdb, 8:16) is or is not a path of a map, and what would
change that. Without one: every disk in a line.
)"
    "\f"
    R"(claim [--snapshot FILE] DEVICE

For udev's rules, if rd.mpath=1 stands on the kernel's command line: of a disk
what "multipath -u" prints, of a map ("dm-3") what kpartx_id prints.
)"
    "\f"
    R"(scope

Status 1 unless rd.mpath=1 stands on the kernel's command line. Otherwise prints
the sysfs attribute "wwid" of each disk that the boot needs; none: any disk.
)"
    "\f"
    R"(flush

Stops queueing and removes every map that is not in use, partitions first; never
hangs. Status 1 if a map was in use and stays.
)"
    "\f"
    R"(record [--generic] [--multipath-tools VERSION] [--snapshot FILE] [DEVICE...]

For /etc/rdmpath/host of an image: the maps and disks that /, /usr and swap
stand on, or these devices, and whose decisions ours must equal (VERSION: 0.9.4).
Warns of maps that multipathd will not have. --generic: no maps.
)"
    "\f"
    R"(verify [--snapshot FILE] [FILE]

Compares the record of an image (FILE, or - for standard input; else of the one
that was booted) with this system and what multipathd will accept, and says what
to type. Status 1 if they differ.
)"
    "\f"
    R"(config [OPTION...]

Prints multipath.conf as "multipath -t" does, and what is wrong in it.
  --like VERSION             of multipath-tools: 0.9, 0.11 or 0.14
  --config FILE              in place of /etc/multipath.conf
  --config-dir DIRECTORY     in place of /etc/multipath/conf.d
  --hardware VENDOR PRODUCT  what applies to one array, and who says so
  --check                    only what is wrong; status 2 if that is a mistake
  --snapshot FILE            of the machine in it
)"
    "\f"
    R"(snapshot [--anonymous] [--snapshot FILE]

Prints this machine, or the one in FILE (- is standard input), as a text for the
--snapshot of other verbs. --anonymous masks serial numbers and WWIDs, but
nothing else: look through it before you send it.
)";

}  // namespace

std::string help_text(std::optional<Verb> verb) {
    const auto all = unpack(packed<verb_helps>);
    for (std::string_view rest = all; verb && !rest.empty();) {
        auto one = rest.substr(0, rest.find('\f'));
        if (one.substr(0, one.find_first_of(" \n")) == text(*verb))
            return cat("usage: rdmpath ", one, '\n', exit_status);
        rest.remove_prefix(std::min(one.size() + 1, rest.size()));
    }
    return unpack(packed<overview>);
}

}  // namespace rdm
