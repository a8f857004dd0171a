// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <string_view>

#include "path/wwid.h"

namespace rdm {

/// What 60-persistent-storage.rules and `scsi_id --export` (for vendor "ATA": `ata_id --export`) make of the pages,
/// where ID_SERIAL is not set yet. Gives the identifier that became ID_SERIAL, "VPD 83h, NAA 6", or "" where there is
/// none. ata_id asks the disk itself: what it will say is taken from the designator in which SAT has the same words; of
/// a disk without that designator nothing is known.
/// Source: systemd 252, src/udev/scsi_id/scsi_serial.c and scsi_id.c, src/udev/ata_id/ata_id.c,
/// rules.d/60-persistent-storage.rules.
std::string_view add_scsi_id_properties(UdevProperties& properties, const Pages& pages);

}  // namespace rdm
