// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <cstdint>
#include <string_view>

#include "base/bytes.h"
#include "base/result.h"
#include "path/path.h"

namespace rdm {

/// How a target port group may be used now.
struct PortGroupAccess {
    Access access = Access::unknown;  ///< unknown: a state that the standard does not have
    bool preferred = false;
    bool operator==(const PortGroupAccess&) const = default;
};

/// One group's access in a REPORT TARGET PORT GROUPS reply, with the length-only or the extended header. EPROTO "RTPG:
/// cut short": the lengths lie before the group is found. ENOENT "RTPG: port group 5 is not in the reply".
/// Source: SPC-4, 6.37; the test for an extended header is drivers/scsi/device_handler/scsi_dh_alua.c's.
Result<PortGroupAccess> access_from_rtpg(Bytes reply, std::uint16_t group);

/// sysfs `access_state`: "active/optimized", …; unknown for any other text.
/// Source: drivers/scsi/scsi_sysfs.c, sdev_access_states.
Access access_from_sysfs(std::string_view text);

/// optimized 50, non-optimized 10, LBA dependent 5, standby 1, all others 0; the preferred bit adds 80, to optimized
/// only with `exclusive` (exclusive_pref_bit). Source: decisions.md 7.2; multipath-tools 0.9.4 and 0.14.3,
/// prioritizers/alua.c and sysfs.c.
int alua_priority(PortGroupAccess group, bool exclusive = false);

/// How long the whole REPORT TARGET PORT GROUPS reply would be, in bytes, as its header says; 0 without a header.
std::size_t rtpg_length(Bytes reply);

}  // namespace rdm
