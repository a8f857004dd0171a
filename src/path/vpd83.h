// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "base/bytes.h"
#include "base/result.h"

namespace rdm {

/// One designator of a Device Identification page. `body` points into the page.
/// Source: SPC-4, 7.8.6, Device Identification VPD page.
struct Designator {
    enum class Of : std::uint8_t { logical_unit, target_port, target_device, reserved };
    std::uint8_t type = 0;  ///< 0 vendor specific, 1 T10 vendor, 2 EUI-64, 3 NAA, 4 relative target port, …
    Of of = Of::logical_unit;
    Bytes body;
};

/// The designators' bytes of a page, header and anything behind the page's end left out; a page that says it is longer
/// than it is gives what is there, and `cut` is set. EPROTO "VPD 83h: cut short", "VPD 83h: another page".
struct DesignatorList {
    Bytes rest;
    bool cut = false;
};
Result<DesignatorList> designators(Bytes page);

/// Takes the first designator off the list; nullopt at the end: fewer than four bytes are padding, and one that runs
/// past the end sets `cut` and ends the list.
std::optional<Designator> next_designator(DesignatorList& list);

/// A WWID, and where it comes from: "VPD 83h, NAA 6".
struct Wwid {
    std::string text;
    std::string from;
    bool operator==(const Wwid&) const = default;
};

/// multipath-tools keeps WWIDs in 128 bytes.
inline constexpr std::size_t most_wwid = 127;

/// The WWID in a Device Identification page, spelled as libmultipath does: "3600508b400105e210000900000490000".
/// `page`: the whole reply, header included; not kept. Of the logical unit's designators the best kind wins, the first
/// of one kind; those of a wrong length or form are skipped, and so are texts that are blank (libmultipath would give
/// each such disk the same WWID). Blanks at the end are stripped, as its get_uid() does. One that runs past the page's
/// end stops the search; what was found before it counts. nullopt: a sound page that names no logical unit. EPROTO: its
/// lengths lie, and nothing was found before. Source: SPC-4, 7.8.6; order and spelling from multipath-tools 0.14.3,
/// discovery.c (decisions.md 1.3).
Result<std::optional<Wwid>> wwid_from_vpd83(Bytes page);

/// The port through which the page was asked for; nullopt is what the page doesn't say. Lengths that lie end the
/// search. Association and bytes behind the fourth don't matter: neither multipath-tools (prioritizers/alua_rtpg.c) nor
/// the kernel (scsi_vpd_tpg_id()) look at them. Source: SPC-4, 7.8.6.7 and 7.8.6.8.
struct TargetPort {
    std::optional<std::uint16_t> group;     ///< target port group
    std::optional<std::uint16_t> relative;  ///< relative target port identifier
    bool operator==(const TargetPort&) const = default;
};
TargetPort target_port_from_vpd83(Bytes page);

}  // namespace rdm
