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
    int attempts = 0;  ///< how often it was sent
};

/// A path and how far asking it has come. `path` is always as good as the answers so far allow: pending until TEST UNIT
/// READY and, if that was good, READ are answered; without a WWID and a priority until they are known.
///
/// What is asked, and when. Nothing is asked while sysfs calls the disk anything but running, and nothing of NVMe:
///   INQUIRY          sysfs lacks vendor, model or the standard INQUIRY data
///   VPD 00h          sysfs lacks page 83h; 83h and 80h follow if they are on the list that 00h gives
///   TEST UNIT READY  at once, and at each recheck()
///   RTPG             REPORT TARGET PORT GROUPS: the disk has TPGS and a target port group, and sysfs does not tell its
///                    access state; at each recheck()
///   READ             one block, when TEST UNIT READY was good for the first time or again after the path was down: a
///                    path that answers TEST UNIT READY while its reads hang must not carry boot I/O. A good answer or
///                    a bad one, it leaves the decision to TEST UNIT READY.
/// Each is sent again as wants_retry() says. A page without target port group, or an RTPG that fails when it is first
/// asked, makes `tpgs` none, as multipath-tools 0.14.3 has it (discovery.c, detect_alua()).
struct Probe {
    Path path;
    Milliseconds timeout{30000};  ///< sysfs `timeout`: when the kernel gives a command up
    bool left_alone = false;      ///< not for us (NVMe native multipath); path.wwid_from says why
    enum class AccessFrom : std::uint8_t { nobody, sysfs, port_groups };
    AccessFrom access_from = AccessFrom::nobody;  ///< who told path.access and path.preferred
    std::string access_trouble;                   ///< why RTPG, asked last, told nothing
    std::optional<Checked> checked;               ///< what the last TEST UNIT READY said
    bool hp_standby = false;                      ///< it said 02/04/02

    Question inquiry;
    Question page_list;
    Question page_80;
    Question page_83;
    Question test_unit_ready;
    Question port_groups;
    Question read;
};

/// What to send now. Each request is given out once; its answer goes to absorb().
[[nodiscard]] std::vector<ScsiRequest> take_questions(Probe& probe);

/// Folds an answer in; take_questions() may have more to send then.
void absorb(Probe& probe, const ScsiRequest& request, const ScsiAnswer& answer);

/// Folds pages in, from sysfs or from the disk.
void absorb_vpd83(Probe& probe, Bytes page);
void absorb_inquiry(Probe& probe, Bytes data);

/// Decides state and priority from what is known. The functions above do it; for who changed the probe otherwise.
void settle(Probe& probe);

/// What the answers said no longer counts: pending until TEST UNIT READY and READ are answered anew. A path whose state
/// sysfs alone decides (NVMe) stays as it is.
void doubt(Probe& probe);

/// Nothing is left to be asked or to be waited for.
[[nodiscard]] bool is_settled(const Probe& probe);

}  // namespace rdm
