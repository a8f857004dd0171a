// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <cstdint>
#include <optional>
#include <string_view>

namespace rdm {

/// Whose reading of page 83h makes ID_SERIAL on this host (decisions.md 1.5).
enum class WwidFlavour : std::uint8_t {
    sg3,           ///< 55-scsi-sg3_id.rules of sg3-utils up to 1.46: Debian 12, RHEL 9
    sg3_t10,       ///< the same since 1.47, which leaves ambiguous identifiers to scsi_id: Debian 13
    scsi_id,       ///< systemd's 60-persistent-storage.rules without those
    libmultipath,  ///< no udev, or not known
};

[[nodiscard]] std::optional<WwidFlavour> flavour_named(std::string_view name);
[[nodiscard]] std::string_view text(WwidFlavour flavour);

}  // namespace rdm
