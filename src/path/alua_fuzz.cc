// SPDX-License-Identifier: GPL-2.0-or-later
#include <cstddef>
#include <cstdint>

#include "path/alua.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    for (std::uint16_t group : {std::uint16_t{0}, std::uint16_t{1}, std::uint16_t{256}})
        (void)rdm::access_from_rtpg({data, size}, group);
    return 0;
}
