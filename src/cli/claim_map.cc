// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/claim_map.h"

#include "kernel/machine_value.h"
#include "map/name.h"

namespace rdm {

std::string map_lines(std::string_view uuid) {
    const auto part = partition_of(uuid);
    const auto wwid = wwid_of_map(part ? part->parent : uuid);
    if (!wwid) return {};
    auto lines = part ? cat("DM_PART=\"", part->number, "\"\n") : std::string();
    lines += "DM_TYPE=\"scsi\"\n";
    if (wwid->contains('/') || machine_name_text(*wwid) != *wwid) return lines;
    return cat(lines, "DM_WWN=\"0x", wwid->substr(1), "\"\nDM_SERIAL=\"", *wwid, "\"\n");
}

}  // namespace rdm
