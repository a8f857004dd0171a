// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <cstdint>
#include <string_view>

#include "path/wwid.h"

namespace rdm {

/// Which identifiers 55-scsi-sg3_id.rules makes an ID_SERIAL of.
enum class SerialSources : std::uint8_t {
    all,       ///< sg3-utils up to 1.46, and where .SCSI_ID_SERIAL_SRC allows them
    only_t10,  ///< since 1.47: no vendor specific ones, no NAA 3, no serial number of page 80h
};

/// What those rules and `sg_inq --export` make of the pages. Gives the identifier that became ID_SERIAL, "VPD 83h, NAA
/// 6", or "" where there is none. Source: sg3_utils 1.46, src/sg_inq.c, export_dev_ids(), encode_whitespaces() and the
/// rules of Debian 12 and 13.
std::string_view add_sg3_properties(UdevProperties& properties, const Pages& pages, SerialSources sources);

}  // namespace rdm
