// SPDX-License-Identifier: GPL-2.0-or-later
#include "path/hardware.h"

#include "base/text.h"

namespace rdm {

const std::vector<const Section*>& KnownHardware::devices(const Config& config, const Hardware& hardware) {
    auto revision = hardware.revision ? cat('\n', *hardware.revision) : std::string();
    auto key = cat(hardware.vendor, '\n', hardware.product, revision);
    for (const auto& kind : kinds_)
        if (kind.key == key) return kind.devices;
    return kinds_.emplace_front(std::move(key), matching_devices(config, hardware)).devices;
}

}  // namespace rdm
