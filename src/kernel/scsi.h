// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "base/bytes.h"
#include "base/devno.h"
#include "base/result.h"
#include "kernel/clock.h"

namespace rdm {

/// netapp_attributes: NetApp's page 41h of what adapter a disk is reached by (vendor specific operation C0h).
/// nvme_ana: three commands of NVMe by one child; the answer's data is the controller's CMIC (1 byte) and, if its bit 3
/// (ANA) is set, the namespace's ANAGRPID (4 bytes, little endian) and the ANA log page without namespaces. An NVMe
/// status is a `failure`.
enum class ScsiCommand { inquiry, vpd, test_unit_ready, report_target_port_groups, read, netapp_attributes, nvme_ana };

/// One command for one disk. Nothing in it depends on /dev: nodes are found, or made for a moment, by number.
struct ScsiRequest {
    std::string disk;                   ///< kernel name, "sdb", for error texts
    DevNo dev;                          ///< the block device
    std::optional<DevNo> sg_dev;        ///< its sg device; without one a worker process asks through the block device
    std::string sg_name = {};           ///< that one's kernel name, "sg1", if it is known
    std::optional<unsigned> host = {};  ///< the number of the SCSI host, if it is known
    std::size_t together = 1;           ///< this and the next ones are for this disk: so many places in its queues
    ScsiCommand command = ScsiCommand::test_unit_ready;
    std::uint8_t page = 0;           ///< vpd: the page code
    std::uint32_t block_size = 512;  ///< read: one block of this size at LBA 0
    std::uint32_t room = 4096;       ///< report_target_port_groups: the longest reply, in bytes; 16 KiB at most
    Milliseconds timeout{30000};     ///< after which the kernel gives the command up; not the caller's patience
};

/// Sense data as far as decisions need it. Source: SPC-4, 4.5; fixed (70h/71h) and descriptor (72h/73h) format.
struct Sense {
    std::uint8_t key = 0;
    std::uint8_t asc = 0;
    std::uint8_t ascq = 0;
    bool operator==(const Sense&) const = default;
};

/// What came back. `failure` is set when the command could not be sent at all (no such device, not permitted, no node).
struct ScsiAnswer {
    std::uint64_t id = 0;
    std::uint8_t status = 0;        ///< SAM status: 0 good, 2 check condition, 18h reservation conflict, …
    std::uint16_t host_status = 0;  ///< the kernel's DID_*: 0 ok, 1 no connect, 3 time out, 0eh transport disrupted, …
    std::optional<Sense> sense;
    Buffer data;  ///< data-in, cut to what really came
    std::optional<Error> failure;
    [[nodiscard]] bool good() const { return !failure && status == 0 && host_status == 0 && !sense; }
};

/// The door to SCSI devices. Never blocks: the answer arrives later as an Event with the id that submit() gave; one
/// that never arrives costs an fd and nothing else. The caller keeps the deadlines.
class Scsi {
public:
    virtual ~Scsi() = default;
    virtual Result<std::uint64_t> submit(const ScsiRequest& request) = 0;
    /// The answer is no longer wanted and will not be delivered.
    virtual void forget(std::uint64_t id) = 0;
};

/// "check condition, Not Ready 04/0b", "no connect", "timed out", "good": for logs, list and explain.
[[nodiscard]] std::string text(const ScsiAnswer& answer);

}  // namespace rdm
