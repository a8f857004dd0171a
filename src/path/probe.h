// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "config/rules.h"
#include "kernel/files.h"
#include "kernel/scsi.h"
#include "path/alua.h"
#include "path/checker.h"
#include "path/path.h"
#include "path/priority.h"

namespace rdm {

/// How one question to a disk stands.
struct Question {
    enum class State : std::uint8_t { needless, open, out, answered, failed };
    State state = State::needless;
    bool stale = false;  ///< out, but what it says will be too old to count
    int attempts = 0;    ///< how often it was sent
};

/// What the disk said of itself, until its WWID is known.
struct HeldPages {
    Buffer inquiry;
    Buffer vpd80;
    Buffer vpd83;
    bool in_sysfs = true;  ///< page 83h is the kernel's copy
};

/// A path and how far asking it has come. `path` is always as good as the answers so far allow: pending until its
/// checker's questions are answered; without a WWID and a priority until they are known.
///
/// What is asked, and when. Nothing is asked of a disk that is left alone, nor while sysfs calls it anything but
/// running (NVMe: live):
///   INQUIRY          sysfs lacks the standard INQUIRY data
///   VPD 00h          sysfs lacks page 83h or it names no WWID; 83h and 80h follow if they are on the list that 00h
///                    gives, 83h also if 00h is refused or malformed, or if the disk has a vendor_way(). Also where
///                    choose_checker() wants the list and sysfs lacks it
///   the checker's    TEST UNIT READY, VPD c9h, VPD c0h or READ (main_question()), at once and at each recheck(); hp_sw
///                    also VPD 80h. Checker none, and NVMe whatever its checker, go by sysfs alone
///   the prioritizer's  likewise; see priority.h
///   RTPG             REPORT TARGET PORT GROUPS: the disk has TPGS and a target port group. At each recheck() for
///                    prioritizer alua; for sysfs until sysfs agrees or has changed (Access, below)
///   READ             one block, when the checker was good for the first time or again after the path was down: a path
///                    that answers TEST UNIT READY while its reads hang must not carry boot I/O. Any answer of the
///                    disk, good or bad, leaves the decision to the checker. Without one the path is down; READ is sent
///                    again at each recheck(), and the path stays down until the disk has answered. directio and
///                    readsector0 have only this one, and it must be good; so it must for emc_clariion, which reads on
///                    active paths only: a passive one would have its unit trespass. With checker none nothing is read
/// Each is sent again as wants_retry() says. A page without target port group, or an RTPG that a running disk refuses
/// before one was good, makes path.tpgs none, as multipath-tools 0.14.3 has it (discovery.c, detect_alua()); a later
/// page or a later RTPG restores what INQUIRY says.
///
/// Access. For some seconds after a disk has come, and after a unit attention, the kernel's device handler shows
/// "active/optimized" in sysfs for a port group that it has not asked about yet (scsi_dh_alua, alua_check_vpd(), which
/// queues its first RTPG). So RTPG is asked once though sysfs tells, and is believed until sysfs has changed since or
/// says the same; from then on sysfs is. The values are those of multipathd's prioritizers sysfs and alua, only
/// fresher.
struct Probe {
    Path path;
    const Rules* rules = nullptr;                  ///< lent by identify()
    const Files* files = nullptr;                  ///< likewise; udev's database is there
    std::string_view uid_attribute = "ID_SERIAL";  ///< the udev property that holds the WWID; the configuration's own
    std::optional<std::string> udev_wwid;          ///< its value; nullopt: udev has not looked at the disk yet
    HeldPages pages;
    Milliseconds timeout{30000};  ///< sysfs `timeout`: when the kernel gives a command up
    bool left_alone = false;      ///< not for us; path.excluded says why
    bool wwid_allowed = false;    ///< the WWID is known, and not blacklisted
    Tpgs tpgs = Tpgs::none;       ///< as INQUIRY has it
    bool port_groups_refused = false;
    std::optional<PortGroupAccess> shown;     ///< by sysfs
    std::optional<PortGroupAccess> reported;  ///< by RTPG
    bool shown_is_fresh = false;              ///< sysfs has caught up with `reported`
    std::uint32_t port_groups_room = 4096;    ///< for the reply to RTPG, in bytes
    std::string access_trouble;               ///< why RTPG, asked last, told nothing
    std::optional<bool> lists_rdac_page;      ///< VPD 00h has c9h on its list; false: or it could not be read
    std::optional<bool> is_rdac;              ///< VPD c9h says "vac1"
    std::optional<bool> has_ana;              ///< NVMe: the controller has ANA, or would not say
    bool reads_too = false;                   ///< emc_clariion: the path is an active one
    std::optional<Checked> checked;           ///< what the checker's main question said last
    std::optional<Prioritized> told;          ///< what the prioritizer's own question said last
    std::string_view prio_args;               ///< for the prioritizer; the configuration's own
    std::string read_trouble;                 ///< "READ: timed out": READ does not let the path be up

    Question inquiry;
    Question page_list;
    Question page_80;
    Question page_83;
    Question page_c0;
    Question page_c1;
    Question page_c9;
    Question test_unit_ready;
    Question port_groups;
    Question read;
    Question netapp_attributes;
    Question nvme_ana;
};

/// Decides the WWID by udev's answer and the pages that are here.
void decide_wwid(Probe& probe);

/// Makes the disk one that is neither asked nor joined: path.excluded. Without a WWID it is its wwid_from too.
void leave_alone(Probe& probe, std::string&& reason);

/// What to send now. Each request is given out once; its answer goes to absorb().
[[nodiscard]] std::vector<ScsiRequest> take_questions(Probe& probe);

/// Folds an answer in; take_questions() may have more to send then.
void absorb(Probe& probe, const ScsiRequest& request, const ScsiAnswer& answer);

/// For a path that the kernel has failed: what was asked so far counts no more. It is pending until its checker's
/// question and READ are answered anew, and not by answers to what is still out.
void doubt(Probe& probe);

/// Folds pages in, from sysfs or from the disk.
void absorb_vpd83(Probe& probe, Bytes page);
void absorb_vpd80(Probe& probe, Bytes page);
void absorb_inquiry(Probe& probe, Bytes data);
void absorb_page_list(Probe& probe, Bytes page);

/// Decides checker, prioritizer, state and priority from what is known, and opens the questions that they need. The
/// functions above do it; for who changed the probe otherwise.
void settle(Probe& probe);

/// Nothing is left to be asked or to be waited for.
[[nodiscard]] bool is_settled(const Probe& probe);

}  // namespace rdm
