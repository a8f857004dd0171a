// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <string>

#include "kernel/nodes.h"
#include "kernel/scsi.h"

namespace rdm {

/// Sends the commands behind ScsiCommand::nvme_ana one after the other and waits for each: for a worker process, whose
/// text this is; sg_read_worker_text() reads it. Source: linux/nvme_ioctl.h; NVM Express base specification 2.0, 5.16.1
/// and 5.17 (Asymmetric Namespace Access log page, Identify).
std::string nvme_ana_ask_and_wait(const Nodes& nodes, const ScsiRequest& request);

}  // namespace rdm
