// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "kernel/scsi.h"
#include "path/checker.h"
#include "path/path.h"

namespace rdm {

/// How one question to a disk stands.
struct Question {
    enum class State : std::uint8_t { needless, open, out, answered, failed };
    State state = State::needless;
    bool stale = false;  ///< out, but what it says will be too old to count
    int attempts = 0;    ///< how often it was sent
};

/// A path and how far asking it has come. `path` is always as good as the answers so far allow: pending until TEST UNIT
/// READY and, if that was good, READ are answered; without a WWID and a priority until they are known.
///
/// What is asked, and when. Nothing is asked while sysfs calls the disk anything but running, and nothing of NVMe:
///   INQUIRY          sysfs lacks vendor, model or the standard INQUIRY data
///   VPD 00h          sysfs lacks page 83h or it names no WWID; 83h and 80h follow if they are on the list that 00h
///                    gives, 83h also if 00h is refused or malformed, or if the disk has a vendor_way()
///   TEST UNIT READY  at once, and at each recheck()
///   RTPG             REPORT TARGET PORT GROUPS: the disk has TPGS and a target port group, and sysfs does not tell its
///                    access state; at each recheck()
///   READ             one block, when TEST UNIT READY was good for the first time or again after the path was down: a
///                    path that answers TEST UNIT READY while its reads hang must not carry boot I/O. Any answer of
///                    the disk, good or bad, leaves the decision to TEST UNIT READY. Without one the path is down; READ
///                    is sent again at each recheck(), and the path stays down until the disk has answered.
/// Each is sent again as wants_retry() says. A page without target port group, or an RTPG that a running disk refuses
/// before one was good, makes path.tpgs none, as multipath-tools 0.14.3 has it (discovery.c, detect_alua()); a later
/// page or a later RTPG restores what INQUIRY says.
struct Probe {
    Path path;
    Milliseconds timeout{30000};  ///< sysfs `timeout`: when the kernel gives a command up
    bool left_alone = false;      ///< not for us (NVMe native multipath, USB); path.wwid_from says why
    Tpgs tpgs = Tpgs::none;       ///< as INQUIRY has it
    bool port_groups_refused = false;
    enum class AccessFrom : std::uint8_t { nobody, sysfs, port_groups };
    AccessFrom access_from = AccessFrom::nobody;  ///< who told path.access and path.preferred
    std::string access_trouble;                   ///< why RTPG, asked last, told nothing
    std::optional<Checked> checked;               ///< what the last TEST UNIT READY said
    bool hp_standby = false;                      ///< it said 02/04/02
    std::string read_trouble;                     ///< "READ: timed out": the disk never answered the last one

    Question inquiry;
    Question page_list;
    Question page_80;
    Question page_83;
    Question test_unit_ready;
    Question port_groups;
    Question read;
};

/// Makes the disk one that is neither asked nor joined; the reason becomes its wwid_from.
void leave_alone(Probe& probe, std::string_view reason);

/// What to send now. Each request is given out once; its answer goes to absorb().
[[nodiscard]] std::vector<ScsiRequest> take_questions(Probe& probe);

/// Folds an answer in; take_questions() may have more to send then.
void absorb(Probe& probe, const ScsiRequest& request, const ScsiAnswer& answer);

/// For a path that the kernel has failed: what was asked so far counts no more. It is pending until TEST UNIT READY and
/// READ are answered anew, and not by answers to what is still out.
void doubt(Probe& probe);

/// Folds pages in, from sysfs or from the disk.
void absorb_vpd83(Probe& probe, Bytes page);
void absorb_inquiry(Probe& probe, Bytes data);

/// Decides state and priority from what is known. The functions above do it; for who changed the probe otherwise.
void settle(Probe& probe);

/// Nothing is left to be asked or to be waited for.
[[nodiscard]] bool is_settled(const Probe& probe);

}  // namespace rdm
