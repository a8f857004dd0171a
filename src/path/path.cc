// SPDX-License-Identifier: GPL-2.0-or-later
#include "path/path.h"

#include "base/text.h"

namespace rdm {

std::string_view text(PathState state) {
    switch (state) {
        case PathState::pending:
            return "pending";
        case PathState::up:
            return "up";
        case PathState::ghost:
            return "ghost";
        case PathState::down:
            break;
    }
    return "down";
}

std::string_view text(Access access) {
    switch (access) {
        case Access::unknown:
            break;
        case Access::optimized:
            return "optimized";
        case Access::non_optimized:
            return "non-optimized";
        case Access::lba_dependent:
            return "lba-dependent";
        case Access::standby:
            return "standby";
        case Access::unavailable:
            return "unavailable";
        case Access::offline:
            return "offline";
        case Access::transitioning:
            return "transitioning";
    }
    return "";
}

std::string_view text(Transport transport) {
    switch (transport) {
        case Transport::unspec:
            break;
        case Transport::fcp:
            return "fcp";
        case Transport::spi:
            return "spi";
        case Transport::srp:
            return "srp";
        case Transport::iscsi:
            return "iscsi";
        case Transport::sas:
            return "sas";
        case Transport::ata:
            return "ata";
        case Transport::usb:
            return "usb";
        case Transport::nvme_pcie:
            return "nvme-pcie";
        case Transport::nvme_rdma:
            return "nvme-rdma";
        case Transport::nvme_fc:
            return "nvme-fc";
        case Transport::nvme_tcp:
            return "nvme-tcp";
        case Transport::nvme_loop:
            return "nvme-loop";
    }
    return "unspec";
}

std::string text(const ScsiId& id) { return cat(id.host, ':', id.channel, ':', id.target, ':', id.lun); }

}  // namespace rdm
