// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/devno.h"
#include "config/config.h"

namespace rdm {

/// pending: no answer yet. up: takes I/O. ghost: answers, but takes no I/O until its array is told to (standby). down:
/// stale.
enum class PathState { pending, up, ghost, down };

/// Asymmetric access state. Source: SPC-4, REPORT TARGET PORT GROUPS; spelled in sysfs by drivers/scsi/scsi_sysfs.c.
enum class Access { unknown, optimized, non_optimized, lba_dependent, standby, unavailable, offline, transitioning };

enum class Bus { scsi, nvme };

/// Names as multipath-tools' protocols (decisions.md 4.2), "fcp" for Fibre Channel.
enum class Transport {
    unspec,
    fcp,
    spi,
    ssa,
    sbp,
    srp,
    iscsi,
    sas,
    adt,
    ata,
    usb,
    nvme_pcie,
    nvme_rdma,
    nvme_fc,
    nvme_tcp,
    nvme_loop,
    nvme_apple
};

/// TPGS field of the standard INQUIRY data. Source: SPC-4, 6.6.2.
enum class Tpgs { none, implicit_only, explicit_only, both };

/// Who says whether a path takes I/O: multipath-tools' path_checker. undecided: the disk has yet to answer on what that
/// depends; unknown: a name that multipath-tools does not have.
enum class Checker : std::uint8_t {
    undecided,
    none,
    tur,
    directio,
    readsector0,
    rdac,
    hp_sw,
    emc_clariion,
    cciss_tur,
    unknown
};

/// Who gives a path its priority: multipath-tools' prio. none: nobody, or not decided yet; such a path counts neither
/// for nor against grouping by ALUA (decisions.md 2.4). Of random and path_latency only the names are here: they
/// give 1.
enum class Prioritizer : std::uint8_t {
    none,
    constant,
    alua,
    sysfs,
    ana,
    rdac,
    emc,
    hp_sw,
    hds,
    ontap,
    iet,
    datacore,
    weightedpath,
    random,
    path_latency
};

struct ScsiId {
    unsigned host = 0;
    unsigned channel = 0;
    unsigned target = 0;
    std::uint64_t lun = 0;
    auto operator<=>(const ScsiId&) const = default;
};

/// Makes what has it be copied where it could be moved.
struct OnlyCopied {
    OnlyCopied() = default;
    OnlyCopied(const OnlyCopied&) = default;
    OnlyCopied(OnlyCopied&&) = delete;
    OnlyCopied& operator=(const OnlyCopied&) = default;
    OnlyCopied& operator=(OnlyCopied&&) = delete;
    ~OnlyCopied() = default;
    bool operator==(const OnlyCopied&) const = default;
};

/// One way to a disk, with all that is known of it. Text from the device is as the device gave it, ends trimmed:
/// escape() it before it goes anywhere people or programs read lines.
struct Path {
    using __trivially_relocatable = Path;
    std::string name;  ///< kernel name, "sdb"
    DevNo dev;
    std::string sg_name;  ///< "sg1", empty without one
    std::optional<DevNo> sg_dev;
    std::string sys_path;  ///< "devices/…/block/sdb"; multipath-tools' discovery order is its byte-wise order
    Bus bus = Bus::scsi;
    std::optional<ScsiId> scsi_id;  ///< SCSI only
    std::string vendor;
    std::string product;
    std::string revision;
    std::string serial;              ///< VPD 80h, or NVMe's serial
    std::uint64_t sectors = 0;       ///< size in units of 512 bytes
    std::uint32_t block_size = 512;  ///< logical, in bytes
    bool read_only = false;
    Transport transport = Transport::unspec;
    std::string target_node;  ///< FC node name, iSCSI target name, SAS address; empty if the transport has none

    std::vector<const Section*> hardware;  ///< device entries that apply to it, the one that wins first; Config's own
    std::string excluded;      ///< why it is no path whatever its WWID: "devnode blacklisted: /etc/multipath.conf:7"
    std::string wwid;          ///< empty: not a path of any map, and `wwid_from` says why
    std::string wwid_differs;  ///< udev has one that its rules would not make of the disk's pages; empty: it has not
    std::string wwid_from;     ///< "VPD 83h, NAA 6"; without a WWID the reason: "VPD 83h: cut short"

    Tpgs tpgs = Tpgs::none;
    std::optional<std::uint16_t> port_group;  ///< target port group identifier
    std::string handler;                      ///< attached hardware handler (dh_state), empty if none
    Access access = Access::unknown;
    bool preferred = false;
    int priority = -1;  ///< -1: not known yet
    Prioritizer prioritizer = Prioritizer::none;
    std::string prioritizer_from;  ///< "detect_prio: access_state in sysfs", "prio rdac: /etc/multipath.conf:9"
    std::string priority_from;     ///< "sysfs access_state", "RTPG", "const"

    Checker checker = Checker::undecided;
    std::string
        checker_from;  ///< "detect_checker: VPD c9h vac1", "path_checker rdac: hardware table 0.14, LSI INF-01-00"
    std::string kernel_state;  ///< sysfs state: "running", "offline", "live", …; "removed" when gone
    PathState state = PathState::pending;
    std::string
        state_from;  ///< "TUR good after 0.3 ms", "TUR: check condition, Not Ready 04/0b", "no answer to TUR for 7 s"

    [[no_unique_address]] OnlyCopied copied{};  ///< moves are rare, and as much program as copies are

    bool operator==(const Path& other) const;
};

[[nodiscard]] std::string_view text(PathState state);      ///< "pending", "up", "ghost", "down"
[[nodiscard]] std::string_view text(Access access);        ///< "optimized", "non-optimized", …; "" for unknown
[[nodiscard]] std::string_view text(Transport transport);  ///< "fcp", "iscsi", "nvme-tcp", "unspec", …
[[nodiscard]] std::string text(const ScsiId& id);          ///< "2:0:0:1"
[[nodiscard]] std::string_view text(Checker checker);      ///< as in multipath.conf; "" for undecided and unknown
[[nodiscard]] std::string_view text(Prioritizer prio);     ///< as in multipath.conf, "const"; "" for none
[[nodiscard]] Checker checker_named(std::string_view name);
[[nodiscard]] Prioritizer prioritizer_named(std::string_view name);

/// What multipath-tools calls the transport in blacklists and overrides: "scsi:fcp", "nvme:tcp", "scsi:unspec".
/// Source: decisions.md 4.2; multipath-tools 0.14.3, structs.c.
[[nodiscard]] std::string_view protocol_name(const Path& path);

}  // namespace rdm
