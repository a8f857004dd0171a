// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "config/flavour.h"
#include "path/udev_properties.h"
#include "path/vpd83.h"

namespace rdm {

/// What a SCSI disk says of itself, whole replies with their headers; empty: not there, or not asked for. Lent.
struct Pages {
    Bytes inquiry;
    Bytes vpd80;
    Bytes vpd83;
    bool in_sysfs = true;  ///< the VPD pages are the kernel's own copies; else they were read by command: sg3-utils'
                           ///< rules see only the former, scsi_id asks by itself
};

/// The properties that udev's rules will give this disk, as far as they come from these pages. Blacklists go by names:
/// values that no decision depends on are "?", and odd ports' own identifiers (UAS, SOP) are left out. libmultipath:
/// none. Source: rules of sg3-utils 1.46 and 1.48 (Debian 12 and 13) and of systemd 252, and the programs they call.
[[nodiscard]] UdevProperties expected_properties(WwidFlavour flavour, const Pages& pages);

/// The WWID: libmultipath's own reading of page 83h, or the ID_SERIAL that udev's rules will find, cut to what
/// multipath-tools keeps. `from`: "VPD 83h, NAA 6 (as sg3-utils' udev rules)". nullopt: none. An ID_SERIAL without any
/// text behind its type digit, which scsi_id gives for blank designators, is none: other disks will have the same.
[[nodiscard]] std::optional<Wwid> wwid_of_pages(WwidFlavour flavour, const Pages& pages);

/// A disk's WWID, and whether udev and we agree.
struct DiskWwid {
    Wwid wwid;            ///< no text: the disk has none, and `from` says why
    std::string differs;  ///< "ID_SERIAL is 3600…, but VPD 83h, NAA 6 (…) gives 3601…"; else empty
    bool operator==(const DiskWwid&) const = default;
};

/// The WWID of a SCSI disk, as multipathd will have it (decisions.md 1.2): the property that `attribute` names (as
/// choose() or uid_attrs give it) where udev has it. Without udev, and the attribute ID_SERIAL: what udev's rules will
/// make of the pages. Where those have nothing, and with the attribute "": libmultipath's own reading. Any other
/// attribute has no substitute. `udev`: nullptr where udev has not processed the disk.
[[nodiscard]] DiskWwid wwid_of_scsi(const UdevProperties* udev, std::string_view attribute, WwidFlavour flavour,
                                    const Pages& pages);

/// The same for NVMe, where the attribute is ID_WWN by default and the substitute is sysfs `wwid`.
[[nodiscard]] DiskWwid wwid_of_nvme(const UdevProperties* udev, std::string_view attribute,
                                    std::string_view sysfs_wwid);

/// The attribute of uid_attrs ("dasd:ID_UID sd:ID_SERIAL") for a disk: the first record that begins its name; the last
/// colon divides. nullopt: none. Source: decisions.md 1.1.
[[nodiscard]] std::optional<std::string_view> uid_attribute_by_name(std::string_view uid_attrs,
                                                                    std::string_view disk_name);

}  // namespace rdm
