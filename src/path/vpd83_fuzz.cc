// SPDX-License-Identifier: GPL-2.0-or-later
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "path/vendor_wwid.h"
#include "path/vpd80.h"
#include "path/vpd83.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    rdm::Bytes page(data, size);
    auto wwid = rdm::wwid_from_vpd83(page);
    if (wwid && *wwid && ((*wwid)->text.size() < 2 || (*wwid)->text.size() > rdm::most_wwid)) std::abort();
    (void)rdm::target_port_from_vpd83(page);
    (void)rdm::first_designator(page);
    (void)rdm::serial_from_vpd80(page);
    return 0;
}
