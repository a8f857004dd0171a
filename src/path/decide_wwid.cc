// SPDX-License-Identifier: GPL-2.0-or-later
#include "path/probe.h"
#include "path/udev_properties.h"
#include "path/vendor_wwid.h"
#include "path/wwid.h"

namespace rdm {

namespace {

/// udev's answer, and whether udev has looked at the disk at all.
std::optional<UdevProperties> answer_of_udev(const Probe& probe) {
    // The rest of the database is of no use here.
    auto value = probe.udev_wwid;
    if (!value) return std::nullopt;
    UdevProperties one;
    if (!value->empty()) set_property(one, probe.uid_attribute, *value);
    return one;
}

/// Hardware from before the standard's designators.
std::optional<Wwid> of_vendor(const Probe& probe) {
    const auto* way = vendor_way(probe.path.vendor, probe.path.product);
    if (!way || probe.uid_attribute != "ID_SERIAL") return std::nullopt;
    return way->wwid(probe.pages.vpd83).value_or(std::nullopt);
}

}  // namespace

void decide_wwid(Probe& probe) {
    auto& path = probe.path;
    const auto& held = probe.pages;
    auto udev = answer_of_udev(probe);
    auto disk = wwid_of_scsi(udev ? &*udev : nullptr, probe.uid_attribute, probe.rules->flavour,
                             {held.inquiry, held.vpd80, held.vpd83, held.in_sysfs});
    if (disk.wwid.text.empty())
        if (auto found = of_vendor(probe)) disk.wwid = *std::move(found);
    path.wwid = std::move(disk.wwid.text);
    path.wwid_from = std::move(disk.wwid.from);
    path.wwid_differs = std::move(disk.differs);
    if (!path.wwid.empty()) probe.pages = {};
}

}  // namespace rdm
