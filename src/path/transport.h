// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <string>
#include <string_view>

#include "kernel/sysfs.h"
#include "path/path.h"

namespace rdm {

/// How a disk is attached, and what names the far end: SAS address, USB interface ("1-1:1.0"), FC node name, iSCSI
/// target name, "ata-1.00"; empty for an unknown transport, or if the attribute has gone.
struct Attachment {
    Transport transport = Transport::unspec;
    std::string target_node;
    bool operator==(const Attachment&) const = default;
};

/// `device`: the real path of the SCSI device, "devices/…/host2/target2:0:0/2:0:0:0". The first that fits of SAS, USB,
/// Fibre Channel, iSCSI, ATA. Source: decisions.md 4.2; multipath-tools 0.14.3, discovery.c, sysfs_get_tgt_nodename().
Attachment scsi_attachment(const Sysfs& sysfs, std::string_view device);

/// The NVMe controller's `transport` attribute: "pcie", "rdma", "fc", "tcp", "loop", "apple-nvme".
Transport nvme_transport(std::string_view text);

}  // namespace rdm
