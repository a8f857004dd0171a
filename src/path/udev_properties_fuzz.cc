// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "path/udev_properties.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string_view text(reinterpret_cast<const char*>(data), size);
    auto half = text.substr(size / 2);
    auto properties = rdm::parse_udev_properties(text.substr(0, size / 2), half, "devices/block/sda");
    rdm::import_properties(properties, half);
    if (!std::ranges::is_sorted(properties, {}, &rdm::UdevProperty::name)) std::abort();
    for (const auto& one : properties) {
        if (one.value.empty() || rdm::property(properties, one.name) != one.value) std::abort();
    }
    return 0;
}
