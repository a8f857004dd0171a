// SPDX-License-Identifier: GPL-2.0-or-later
#include "path/hardware.h"

namespace rdm {

const std::vector<const Section*>& KnownHardware::devices(const Config& config, const Hardware& hardware) {
    auto revision = hardware.revision.value_or("");
    for (const auto& kind : kinds_) {
        if (kind.vendor == hardware.vendor && kind.product == hardware.product && kind.revision == revision &&
            kind.has_revision == hardware.revision.has_value())
            return kind.devices;
    }
    kinds_.push_back({std::string(hardware.vendor), std::string(hardware.product), std::string(revision),
                      hardware.revision.has_value(), matching_devices(config, hardware)});
    return kinds_.back().devices;
}

}  // namespace rdm
