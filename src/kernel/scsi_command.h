// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <array>
#include <cstdint>

#include "base/bytes.h"
#include "base/result.h"
#include "kernel/scsi.h"

// sg3_utils builds commands and judges answers, but its way of sending waits. So each command goes through it twice:
// the first pass tells what to send and stops there, the second one has the answer that came in between.

namespace rdm {

/// The longest data-in that we ask for, in bytes.
constexpr std::size_t most_scsi_data = 16384;

/// A command descriptor block, and how many bytes of data the device may send.
struct ScsiCdb {
    std::array<std::uint8_t, 16> bytes{};
    std::size_t size = 0;
    std::size_t data_length = 0;
    bool operator==(const ScsiCdb&) const = default;
};

/// An answer as the kernel's sg interface gives it. Source: scsi/sg.h, struct sg_io_hdr.
struct RawScsiAnswer {
    std::uint8_t status = 0;
    std::uint16_t host_status = 0;
    std::uint16_t driver_status = 0;
    int residual = 0;  ///< what the device did not send of the data length; hostile like all of it
    Buffer sense;
    Buffer data;  ///< as many bytes as were asked for
};

/// The first pass; empty for nvme_ana. EINVAL: a block or a reply larger than most_scsi_data.
[[nodiscard]] Result<ScsiCdb> cdb_of(const ScsiRequest& request);

/// The second pass; `id` is left 0. Sense comes with a check condition only. Data is what came, and only of a command
/// that sg3_utils takes as done; with a recovered error it is done, and the answer is good.
[[nodiscard]] ScsiAnswer judge(const ScsiRequest& request, const RawScsiAnswer& raw);

}  // namespace rdm
