// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/help.h"

namespace rdm {

namespace {

constexpr std::string_view overview =
    R"(rdmpath finds the paths to each disk, joins them to maps and watches over them.

usage: rdmpath VERB [OPTION...] [WORD...]

  run                             the event loop: assemble, watch, repair until
                                  SIGTERM; paths that come late join
  assemble [WWID...]              find the paths and bring up the maps once
  wait [--timeout S] [WWID...]    return when the maps and their partitions are
                                  usable
  list [--json]                   maps, priority groups, paths and their states
  plan                            the tables that assemble would load; touches
                                  nothing
  explain [DEVICE|WWID]           why a disk is or is not a path of a map
  claim DEVICE                    for udev: is this disk a path of ours?
  flush                           stop queueing, remove the maps not in use
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

struct VerbHelp {
    Verb verb;
    std::string_view usage;
    std::string_view text;
};
constexpr VerbHelp verb_helps[] = {
    {Verb::run, "run",
     "Does nothing unless rd.mpath=1 stands on the kernel's command line. Then it\n"
     "finds all paths, brings up their maps and goes on watching: paths that come late\n"
     "join, paths that go leave, paths that return carry I/O again. Which WWIDs:\n"
     "those of rd.mpath.wwid= on the kernel's command line; if there is none, all\n"
     "with two paths or more. Ends on SIGTERM or SIGINT; the maps stay.\n"},
    {Verb::assemble, "assemble [WWID...]",
     "Does what run does, once. With WWIDs: these maps, one path is enough. Without:\n"
     "those of rd.mpath.wwid=, or all with two paths or more. Safe to repeat.\n"
     "Status 1 if a wanted map is not up in the end.\n"},
    {Verb::wait, "wait [--timeout S] [WWID...]",
     "Returns as soon as the wanted maps and their partitions are usable; assembles\n"
     "nothing itself. Status 1 when S seconds are over; 0 looks once, and without S it\n"
     "is rd.mpath.timeout= of the kernel's command line, or 30.\n"},
    {Verb::list, "list [--json] [--snapshot FILE]",
     "One block for each map: its state, its priority groups, its paths with SCSI\n"
     "address, name, device number, state, access state and transport, its partitions.\n"
     "\"kernel:\" marks what device-mapper sees in another way. Disks that are in no\n"
     "map stand at the end, each with the reason. --json shows every field.\n"},
    {Verb::plan, "plan [--snapshot FILE]",
     "Prints what assemble would do and touches nothing. New maps are lines for\n"
     "\"dmsetup create --concise\" on standard output; the rest is told on standard\n"
     "error.\n"},
    {Verb::explain, "explain [--snapshot FILE] [DEVICE|WWID]",
     "Why this disk is or is not a path of a map: where its WWID comes from, its\n"
     "state, its priority, its group, and what would change that. DEVICE is sdb,\n"
     "/dev/sdb or 8:16. Without one: every disk in a line.\n"},
    {Verb::claim, "claim DEVICE",
     "Prints what udev's rules need to know, as \"multipath -u\" does: whether the disk\n"
     "is a path of a map (DM_MULTIPATH_DEVICE_PATH=\"1\"), is none (\"0\"), or may become\n"
     "one (\"2\") and how long to wait for it. Prints nothing unless rd.mpath=1 stands on\n"
     "the kernel's command line; with rd.mpath.debug, the reason on standard error.\n"},
    {Verb::flush, "flush",
     "Stops queueing and removes every map that is not in use, partitions first; never\n"
     "hangs. Status 1 if a map was in use and stays.\n"},
    {Verb::config, "config [OPTION...]",
     "Prints multipath.conf as multipathd understands it, in the form of \"multipath\n"
     "-t\", and on standard error what is wrong in it. Needs no privileges.\n"
     "  --like VERSION             of multipath-tools: 0.9, 0.11 or 0.14; without it\n"
     "                             what the image was built for, or the newest\n"
     "  --config FILE              in place of /etc/multipath.conf\n"
     "  --config-dir DIRECTORY     in place of /etc/multipath/conf.d\n"
     "  --hardware VENDOR PRODUCT  what applies to one array, and who says so\n"
     "  --check                    only what is wrong; status 2 if that is a mistake,\n"
     "                             also where multipathd would go on\n"},
    {Verb::snapshot, "snapshot [--anonymous] [--snapshot FILE]",
     "Prints this machine as a text that a person can read: what the disks and sysfs\n"
     "answered, the maps, the configuration. list, plan and explain decide on it\n"
     "with --snapshot FILE (- is standard input) as they would here, on any machine\n"
     "and without privileges. Look through it before you send it: --anonymous masks\n"
     "serial numbers and WWIDs so that no decision changes, but nothing else. It\n"
     "takes --snapshot FILE, too: to mask a snapshot that is there.\n"},
};

}  // namespace

std::string help_text(std::optional<Verb> verb) {
    for (auto& row : verb_helps)
        if (row.verb == verb) return cat("usage: rdmpath ", row.usage, "\n\n", row.text, '\n', exit_status);
    return std::string(overview);
}

}  // namespace rdm
