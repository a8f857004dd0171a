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
  plan                            the tables that assemble would load; touches
                                  nothing
  explain [DEVICE|WWID]           why a disk is or is not a path of a map
  claim DEVICE                    for udev: is this disk a path of ours?
  scope                           for hooks: is it on, and for which disks?
  flush                           stop queueing, remove the maps not in use
  record [--generic]              for image builds: what this host boots from
  config [OPTION...]              multipath.conf as multipathd understands it
  snapshot [--anonymous]          this machine as a text; list, plan and explain
                                  take --snapshot FILE and decide on it
  --version, --help               and "rdmpath VERB --help" for one verb

Without a WWID: all disks with two paths or more.
exit status: 0 done; 1 not (all) there; 2 wrong usage or configuration;
             3 the kernel or a device refused
)";

constexpr std::string_view exit_status =
    "exit status: 0 done; 1 not (all) there; 2 wrong usage or configuration;\n"
    "             3 the kernel or a device refused\n";

/// A verb with what it takes, an empty line, and what it does; a form feed ends it.
constexpr std::string_view verb_helps =
    R"(run

Does nothing unless rd.mpath=1 stands on the kernel's command line. Then it
finds all paths, brings up their maps and goes on watching: paths that come late
join, paths that go leave, paths that return carry I/O again. Which WWIDs:
those that multipath.conf, conf.d and the wwids file make maps of, or all with
two paths or more where none of these is there; and those of rd.mpath.wwid= on
the kernel's command line. Where the maps that the boot stands on were recorded
when the image was built, only these, unless rd.mpath.scope=all. Ends on SIGTERM
or SIGINT; the maps stay.
)"
    "\f"
    R"(assemble [WWID...]

Does what run does, once. With WWIDs it waits for these maps alone, and one path
is enough. Safe to repeat. Status 1 if a wanted map is not up in the end.
)"
    "\f"
    R"(wait [--timeout S] [--present] [WWID...]

Returns as soon as the wanted maps and their partitions are usable; assembles
nothing itself. Status 1 when S seconds are over; 0 looks once, and without S it
is rd.mpath.timeout= of the kernel's command line, or 30. With --present, disks
that are not there yet are waited for only if they are named or recorded.
)"
    "\f"
    R"(list [--json] [--snapshot FILE]

One block for each map: its state, its priority groups, its paths with SCSI
address, name, device number, state, access state and transport, its partitions.
"kernel:" marks what device-mapper sees in another way. Disks that are in no
map stand at the end, each with the reason. --json shows every field.
)"
    "\f"
    R"(plan [--snapshot FILE]

Prints what assemble would do and touches nothing. New maps are lines for
"dmsetup create --concise" on standard output; the rest is told on standard
error.
)"
    "\f"
    R"(explain [--snapshot FILE] [DEVICE|WWID]

Why this disk is or is not a path of a map: where its WWID comes from, its
state, its priority, its group, and what would change that. DEVICE is sdb,
/dev/sdb or 8:16. Without one: every disk in a line.
)"
    "\f"
    R"(claim [--snapshot FILE] DEVICE

Prints what udev's rules need to know, as "multipath -u" does: whether the disk
is a path of a map (DM_MULTIPATH_DEVICE_PATH="1"), is none ("0"), or may become
one ("2") and how long to wait for it. Of a map ("dm-3"): what kpartx_id
prints. Prints nothing unless rd.mpath=1 stands on
the kernel's command line; with rd.mpath.debug, the reason on standard error.
)"
    "\f"
    R"(scope

Status 1 unless rd.mpath=1 stands on the kernel's command line. Otherwise prints
the sysfs attribute "wwid" of each disk that the boot needs; none: it may need
any disk.
)"
    "\f"
    R"(flush

Stops queueing and removes every map that is not in use, partitions first; never
hangs. Status 1 if a map was in use and stays.
)"
    "\f"
    R"(record [--generic] [--multipath-tools VERSION] [--snapshot FILE]

For /etc/rdmpath/host of an image: the maps and disks that /, /usr and swap
stand on, and whose decisions ours must equal (VERSION: what "multipath -h"
says). Warns of maps that multipathd will not have. --generic: no maps.
)"
    "\f"
    R"(config [OPTION...]

Prints multipath.conf as multipathd understands it, in the form of "multipath
-t", and on standard error what is wrong in it. Needs no privileges.
  --like VERSION             of multipath-tools: 0.9, 0.11 or 0.14; without it
                             what the image was built for, or the newest
  --config FILE              in place of /etc/multipath.conf
  --config-dir DIRECTORY     in place of /etc/multipath/conf.d
  --hardware VENDOR PRODUCT  what applies to one array, and who says so
  --check                    only what is wrong; status 2 if that is a mistake,
                             also where multipathd would go on
)"
    "\f"
    R"(snapshot [--anonymous] [--snapshot FILE]

Prints this machine as a text that a person can read: what the disks and sysfs
answered, the maps, the configuration. list, plan, explain, claim and config
decide on it with --snapshot FILE (- is standard input) as they would here, on
any machine and without privileges. Look through it before you send it:
--anonymous masks serial numbers and WWIDs so that no decision changes, but
nothing else. It takes --snapshot FILE, too: to mask a snapshot that is there.
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
