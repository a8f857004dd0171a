// SPDX-License-Identifier: GPL-2.0-or-later
#include "config/flavour.h"

namespace rdm {

std::string_view text(WwidFlavour flavour) {
    switch (flavour) {
        case WwidFlavour::sg3:
            return "sg3";
        case WwidFlavour::sg3_t10:
            return "sg3-t10";
        case WwidFlavour::scsi_id:
            return "scsi_id";
        case WwidFlavour::libmultipath:
            return "libmultipath";
    }
    return "";
}

std::optional<WwidFlavour> flavour_named(std::string_view name) {
    for (auto flavour : {WwidFlavour::sg3, WwidFlavour::sg3_t10, WwidFlavour::scsi_id, WwidFlavour::libmultipath})
        if (name == text(flavour)) return flavour;
    return std::nullopt;
}

}  // namespace rdm
