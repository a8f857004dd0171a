// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <forward_list>
#include <string>
#include <vector>

#include "config/lookup.h"

namespace rdm {

/// The device entries of hardware that was met before: 512 paths of one array are matched once.
class KnownHardware {
public:
    /// As matching_devices() gives them; always ask with the same configuration.
    [[nodiscard]] const std::vector<const Section*>& devices(const Config& config, const Hardware& hardware);

private:
    struct Kind {
        std::string key;
        std::vector<const Section*> devices;
    };
    std::forward_list<Kind> kinds_;
};

}  // namespace rdm
