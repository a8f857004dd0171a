// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <string>
#include <string_view>

namespace rdm {

/// What udev's rules make by-id links of, for a multipath map or a partition of one, as kpartx_id of multipath-tools
/// prints it: DM_PART="2" for a partition, DM_TYPE="scsi", DM_WWN="0x…" (the WWID without its first character, whatever
/// that says of the rest), DM_SERIAL="WWID". A WWID of which a rule or a link might make something else has neither WWN
/// nor SERIAL. `uuid`: device-mapper's; "" for one that is none of these. Source: kpartx/kpartx_id of 0.9.4 and 0.11.1,
/// for maps whose paths are SCSI or NVMe.
[[nodiscard]] std::string map_lines(std::string_view uuid);

}  // namespace rdm
