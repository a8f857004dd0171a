// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include "base/log.h"
#include "kernel/block.h"
#include "kernel/dm.h"
#include "kernel/event.h"
#include "kernel/files.h"
#include "kernel/neighbours.h"
#include "kernel/scsi.h"
#include "kernel/sysfs.h"
#include "kernel/workers.h"

namespace rdm {

/// All that the loop may ask of the machine, and where it speaks. Lent: whoever made them outlives the loop.
struct Doors {
    Sysfs& sysfs;
    Files& files;
    Scsi& scsi;
    DeviceMapper& dm;
    Blocks& blocks;
    Workers& workers;
    Events& events;
    Log& log;
    Neighbours* neighbours = nullptr;  ///< nullptr: nobody else is there, and nobody ends the system
};

}  // namespace rdm
