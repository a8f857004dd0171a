// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <cstdint>
#include <optional>
#include <string>

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

/// Which sense data mean a controller on standby.
enum class StandbySense : std::uint8_t {
    alua,         ///< Not Ready 04/0b, standby state
    alua_and_hp,  ///< also Not Ready 04/02, initializing command required
};

/// What an answered TEST UNIT READY means (multipath-tools' hp_sw takes any bad answer for a ghost, if page 80h is
/// good; here a stale path is none): good and RESERVATION CONFLICT up; StandbySense ghost; Not Ready 04/0a (transition)
/// pending; anything else down. Source: decisions.md 6.2; multipath-tools 0.14.3, checkers/tur.c; SPC-4, 5.15.2 and
/// annex on additional sense codes.
Checked checked_by_tur(const ScsiAnswer& answer, StandbySense standby = StandbySense::alua);

/// The controller is on standby in HP's way: it wants an initializing command. Source: multipath-tools,
/// checkers/hp_sw.c.
bool is_hp_standby(const ScsiAnswer& answer);

/// Whether a command that was sent `attempts` times by now is to be sent again: on UNIT ATTENTION and on a host status
/// other than OK, NO CONNECT, BAD TARGET, ABORT and TRANSPORT FAILFAST. TEST UNIT READY five times in all, the others
/// four times and on NOT READY too, READ once. Source: as checked_by_tur(); prioritizers/alua_rtpg.c, scsi_error().
bool wants_retry(ScsiCommand command, const ScsiAnswer& answer, int attempts);

}  // namespace rdm
