// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <cstdint>

#include "kernel/scsi_command.h"

namespace rdm {

/// One pass of a command through sg3_utils. Without an answer do_scsi_pt() notes the command in `cdb` and says EAGAIN.
struct ScsiPass {
    const RawScsiAnswer* answer = nullptr;
    ScsiCdb cdb;
};

/// The data buffer of a pass. Some of sg3_utils' functions make their pass-through object themselves: what they give it
/// of ours is the buffer, and so the buffer says whose it is.
struct ScsiWindow {
    ScsiPass* pass = nullptr;
    std::uint8_t bytes[most_scsi_data] = {};
};

}  // namespace rdm

/// Our pass-through object, which sg3_utils knows by name only.
struct sg_pt_base {
    rdm::ScsiPass* pass = nullptr;
    const std::uint8_t* cdb = nullptr;
    int cdb_size = 0;
    std::uint8_t* sense = nullptr;
    int sense_room = 0;
    std::uint8_t* data = nullptr;
    int data_room = 0;
};
