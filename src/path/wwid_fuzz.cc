// SPDX-License-Identifier: GPL-2.0-or-later
#include "path/wwid.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>

// INQUIRY data of 36 bytes, the length of page 80h in one, that page, and the rest is page 83h.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    rdm::Bytes bytes(data, size);
    auto take = [&](std::size_t most) {
        auto part = bytes.first(std::min(bytes.size(), most));
        bytes = bytes.subspan(part.size());
        return part;
    };
    auto inquiry = take(36);
    std::size_t length = bytes.empty() ? 0 : take(1)[0];
    auto vpd80 = take(length);
    rdm::Pages pages{.inquiry = inquiry, .vpd80 = vpd80, .vpd83 = bytes};
    using enum rdm::WwidFlavour;
    for (auto flavour : {sg3, sg3_t10, scsi_id, libmultipath}) {
        auto properties = rdm::expected_properties(flavour, pages);
        if (!std::ranges::is_sorted(properties, {}, &rdm::UdevProperty::name)) std::abort();
        auto wwid = rdm::wwid_of_pages(flavour, pages);
        if (wwid && (wwid->text.size() < 2 || wwid->text.size() > rdm::most_wwid || wwid->from.empty())) std::abort();
    }
    return 0;
}
