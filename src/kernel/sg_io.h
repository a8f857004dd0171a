// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <span>
#include <string>

#include "kernel/nodes.h"
#include "kernel/scsi_command.h"

namespace rdm {

// The two ways to the kernel's SCSI pass-through, both with version 3 of its header. Source: scsi/sg.h.

/// Where answers arrive. The kernel copies one when it is read, not before, since no direct I/O is asked for: so all
/// commands by sg devices may share one of these. Source: drivers/scsi/sg.c, sg_start_req(), sg_new_read().
struct SgBuffers {
    std::uint8_t sense[64] = {};
    std::uint8_t data[most_scsi_data] = {};
};

/// Sends a command by an sg device opened without blocking. Several may be under way, 16 at most (SG_MAX_QUEUE); `id`
/// tells their answers apart.
Result<void> sg_send(int fd, int id, const ScsiCdb& cdb, Milliseconds timeout, SgBuffers& buffers);
/// The answer to one of them, and its `id`; EAGAIN: there is none yet.
Result<RawScsiAnswer> sg_receive(int fd, int& id, SgBuffers& buffers);

/// Sends a command, NVMe's too, through the block device and waits for the answer: for a worker process, whose text
/// this is.
std::string sg_ask_and_wait(const Nodes& nodes, const ScsiRequest& request, const ScsiCdb& cdb);
/// That text again; the error that it holds, or EPROTO if it is nobody's.
Result<RawScsiAnswer> sg_read_worker_text(std::string_view text);

}  // namespace rdm
