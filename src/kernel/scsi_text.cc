// SPDX-License-Identifier: GPL-2.0-or-later
// Names of our own: sg3_utils' tables of them are larger than this program's share of an image.
#include <iterator>

#include "kernel/scsi.h"

namespace rdm {

namespace {

// Names in place: a pointer to each would be a relocation.

/// Source: SPC-4, table 48.
constexpr char sense_keys[][16] = {"No Sense",       "Recovered Error", "Not Ready",      "Medium Error",
                                   "Hardware Error", "Illegal Request", "Unit Attention", "Data Protect",
                                   "Blank Check",    "Vendor Specific", "Copy Aborted",   "Aborted Command",
                                   "Sense key 0c",   "Volume Overflow", "Miscompare",     "Completed"};

/// Source: include/scsi/scsi_status.h, enum scsi_host_status.
constexpr char host_statuses[][22] = {
    "",
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
    "transport marginal",
};

std::string host_text(std::uint16_t status) {
    if (status < std::size(host_statuses)) return host_statuses[status];
    return cat("host status ", status);
}

/// Source: SAM-5, 5.3.1.
struct StatusName {
    std::uint8_t status;
    char name[21];
};
constexpr StatusName status_names[] = {
    {0x00, "good"},       {0x02, "check condition"},      {0x04, "condition met"},
    {0x08, "busy"},       {0x18, "reservation conflict"}, {0x28, "task set full"},
    {0x30, "ACA active"}, {0x40, "task aborted"},
};

std::string status_text(std::uint8_t status) {
    for (const auto& one : status_names)
        if (one.status == status) return one.name;
    return cat("status ", hex({&status, 1}));
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
