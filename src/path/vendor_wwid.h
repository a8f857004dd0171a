// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <optional>
#include <span>
#include <string_view>

#include "path/vpd83.h"

namespace rdm {

/// Hardware from before the standard's designators, and what is special with it. A new vendor is one row of the table
/// in vendor_wwid.cc and one of its test.
struct VendorWay {
    struct Disk {
        std::string_view vendor;   ///< of the INQUIRY data, ends trimmed, exact
        std::string_view product;  ///< its beginning, up to the end or a blank: "HSV110 (C)COMPAQ" is an "HSV110"
    };
    std::string_view name;
    std::span<const Disk> disks;
    /// The WWID from the whole VPD page 83h, where wwid_from_vpd83() finds none. Errors and nullopt as there.
    Result<std::optional<Wwid>> (*wwid)(Bytes page);
};

/// nullptr for hardware that goes by the standard, as nearly all does.
const VendorWay* vendor_way(std::string_view vendor, std::string_view product);

/// The bytes of the page's first designator, whatever it describes (from byte 8 of the page), as type digit and hex.
Result<std::optional<Wwid>> first_designator(Bytes page);

}  // namespace rdm
