// SPDX-License-Identifier: GPL-2.0-or-later
#include "path/vendor_wwid.h"

#include <algorithm>

namespace rdm {

namespace {
constexpr VendorWay::Disk storageworks[] = {
    {"DEC", "HSG80"}, {"COMPAQ", "HSV110"}, {"COMPAQ", "MSA1000"}, {"HP", "HSV100"}};

constexpr VendorWay ways[] = {
    {"StorageWorks", storageworks, first_designator},
};
bool is_product(std::string_view product, std::string_view known) {
    return product.starts_with(known) && (product.size() == known.size() || product[known.size()] == ' ');
}
}  // namespace

const VendorWay* vendor_way(std::string_view vendor, std::string_view product) {
    for (const auto& way : ways) {
        for (const auto& disk : way.disks) {
            if (disk.vendor == vendor && is_product(product, disk.product)) return &way;
        }
    }
    return nullptr;
}

Result<std::optional<Wwid>> first_designator(Bytes page) {
    auto list = TRY(designators(page));
    auto first = next_designator(list);
    if (!first && list.cut) return fail(EPROTO, "VPD 83h: cut short");
    if (!first || std::ranges::all_of(first->body, [](auto byte) { return byte == 0 || byte == ' '; })) {
        return std::nullopt;
    }
    constexpr std::size_t most_body = (most_wwid - 1) / 2;
    auto body = first->body.first(std::min(first->body.size(), most_body));
    return Wwid{cat(hex({&first->type, 1}).substr(1), hex(body)), "VPD 83h, first designator"};
}

}  // namespace rdm
