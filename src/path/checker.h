// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "config/generation.h"
#include "kernel/scsi.h"
#include "path/path.h"

namespace rdm {

/// A path's state, and who says so.
struct Checked {
    PathState state = PathState::pending;
    std::string from;  ///< "TUR good", "TUR: check condition, Not Ready 04/0b", "offline (sysfs state)"
    bool operator==(const Checked&) const = default;
};

/// What sysfs alone decides. nullopt: a SCSI disk that is "running" there, whose answers decide. NVMe is never asked:
/// "live" is up. "removed" stands for an attribute that is gone. States are compared by their beginning.
/// Source: decisions.md 6.1; multipath-tools 0.14.3, discovery.c, path_sysfs_state().
std::optional<Checked> checked_by_sysfs(Bus bus, std::string_view kernel_state);

/// What the answer to a checker's main question (path/questions.h) means. Source: decisions.md 6.2; multipath-tools
/// 0.9.4 and 0.14.3, libmultipath/checkers/; the states that it calls shaky, wild and disconnected are down here, as
/// nothing uses such a path.
///   tur           good and RESERVATION CONFLICT up; Not Ready 04/0b (standby) ghost; 04/0a (transition) pending, but
///                 down for 0.9; anything else down
///   cciss_tur     good up, anything else down. Its own ioctl is gone from Linux with the driver cciss
///   hp_sw         good up, anything else ghost: page 80h, asked besides, tells dead paths
///   directio, readsector0   READ good up, else down. 0.14.3's read of "4096 bytes" is one of one block: st_blksize of
///                 a device node is 4096
///   rdac, emc_clariion      see rdac.h, clariion.h
Checked checked_by(Checker checker, const ScsiAnswer& answer, Generation generation);

/// Whether a command that was sent `attempts` times by now is to be sent again: on UNIT ATTENTION and on a host status
/// other than OK, NO CONNECT, BAD TARGET, ABORT and TRANSPORT FAILFAST. TEST UNIT READY five times in all, the others
/// four times and on NOT READY too, READ three times and on UNIT ATTENTION only. Source: as checked_by();
/// checkers/tur.c, libsg.c; prioritizers/alua_rtpg.c, scsi_error().
bool wants_retry(ScsiCommand command, const ScsiAnswer& answer, int attempts);

}  // namespace rdm
