// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <string>

#include "config/command_line.h"
#include "config/flavour.h"
#include "config/generation.h"
#include "kernel/files.h"

namespace rdm {

/// What the main system has, and how we know: whose decisions ours must equal.
struct Host {
    Generation generation = Generation::v0_14;
    std::string generation_from;  ///< "rd.mpath.like=0.9", "/etc/rdmpath/host", "nothing recorded"
    WwidFlavour flavour = WwidFlavour::libmultipath;
    std::string flavour_from;  ///< "rd.mpath.wwid_from=sg3", "/etc/rdmpath/host", "/usr/lib/udev/rules.d/55-…"
    bool operator==(const Host&) const = default;
};

/// The kernel's command line first (rd.mpath.like=, rd.mpath.wwid_from=), then what was recorded when the image was
/// built (config/record.h). Then the udev rules that are
/// here: 55-scsi-sg3_id.rules is sg3, or sg3-t10 where it knows .SCSI_ID_SERIAL_SRC and 00-scsi-sg3_config.rules allows
/// no more; 60-persistent-storage.rules with a scsi_id program is scsi_id; else libmultipath. Rules in /etc beat those
/// in /run, /usr/local/lib and /usr/lib or /lib; an empty file, or a link to /dev/null, is none. Source:
/// decisions.md 1.5; udev(7).
[[nodiscard]] Host host_of(const Files& files, const CommandLine& line);

/// The delimiter that kpartx is given ("-p -part") in the rules that udev takes, of files named *kpartx*.rules (60- in
/// Debian, 66- upstream); "-part" without one.
[[nodiscard]] std::string kpartx_delimiter(const Files& files);

}  // namespace rdm
