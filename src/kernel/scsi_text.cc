// SPDX-License-Identifier: GPL-2.0-or-later
// Names of our own: sg3_utils' tables of them are larger than this program's share of an image.
#include <array>

#include "kernel/scsi.h"

namespace rdm {

namespace {

/// Source: SPC-4, table 48.
constexpr std::array<std::string_view, 16> sense_keys = {
    "No Sense",       "Recovered Error", "Not Ready",   "Medium Error",    "Hardware Error", "Illegal Request",
    "Unit Attention", "Data Protect",    "Blank Check", "Vendor Specific", "Copy Aborted",   "Aborted Command",
    "Sense key 0c",   "Volume Overflow", "Miscompare",  "Completed"};

/// Source: include/scsi/scsi_status.h, enum scsi_host_status.
constexpr std::array<std::string_view, 21> host_statuses = {"",
                                                            "no connect",
                                                            "bus busy",
                                                            "timed out",
                                                            "bad target",
                                                            "aborted",
                                                            "parity error",
                                                            "error",
                                                            "reset",
                                                            "bad interrupt",
                                                            "passed through",
                                                            "soft error",
                                                            "immediate retry",
                                                            "requeued",
                                                            "transport disrupted",
                                                            "transport failed fast",
                                                            "target failure",
                                                            "nexus failure",
                                                            "allocation failure",
                                                            "medium error",
                                                            "transport marginal"};

std::string host_text(std::uint16_t status) {
    if (status < host_statuses.size()) return std::string(host_statuses[status]);
    return cat("host status ", status);
}

/// Source: SAM-5, 5.3.1.
std::string status_text(std::uint8_t status) {
    switch (status) {
        case 0x00:
            return "good";
        case 0x02:
            return "check condition";
        case 0x04:
            return "condition met";
        case 0x08:
            return "busy";
        case 0x18:
            return "reservation conflict";
        case 0x28:
            return "task set full";
        case 0x30:
            return "ACA active";
        case 0x40:
            return "task aborted";
        default:
            return cat("status ", hex({&status, 1}));
    }
}

}  // namespace

std::string text(const ScsiAnswer& answer) {
    if (answer.failure) return answer.failure->what();
    if (answer.host_status != 0) return host_text(answer.host_status);
    if (!answer.sense) return status_text(answer.status);
    const auto& [key, asc, ascq] = *answer.sense;
    return cat(status_text(answer.status), ", ", sense_keys[key & 15], ' ', hex({&asc, 1}), '/', hex({&ascq, 1}));
}

}  // namespace rdm
