// SPDX-License-Identifier: GPL-2.0-or-later
#include "path/wwid.h"

#include "base/text.h"
#include "path/nvme.h"
#include "path/udev_scsi_id.h"
#include "path/udev_sg3.h"

namespace rdm {

namespace {

constexpr std::string_view scsi_attribute = "ID_SERIAL";

/// Where the expected ID_SERIAL comes from: "VPD 83h, NAA 6 (as scsi_id)"; empty: there is none.
std::string add_expected(UdevProperties& properties, WwidFlavour flavour, const Pages& pages) {
    if (flavour == WwidFlavour::libmultipath) return "";
    if (flavour != WwidFlavour::scsi_id) {
        auto sources = flavour == WwidFlavour::sg3 ? SerialSources::all : SerialSources::only_t10;
        auto what = add_sg3_properties(properties, pages, sources);
        if (!what.empty()) return cat(what, " (as sg3-utils' udev rules)");
    }
    auto what = add_scsi_id_properties(properties, pages);
    return what.empty() ? "" : cat(what, what.ends_with("ATA") ? " (as ata_id)" : " (as scsi_id)");
}

/// As multipath-tools keeps it.
std::string kept(std::string_view text) {
    text = text.substr(0, most_wwid);
    while (text.ends_with(' ')) text.remove_suffix(1);
    return std::string(text);
}

std::optional<Wwid> expected_wwid(WwidFlavour flavour, const Pages& pages) {
    UdevProperties properties;
    auto from = add_expected(properties, flavour, pages);
    auto text = kept(property(properties, scsi_attribute));
    if (text.empty()) return std::nullopt;
    return Wwid{text, from};
}

bool is_blank(const Wwid& wwid) { return wwid.text.size() < 2; }

Wwid of_libmultipath(const Pages& pages) {
    if (pages.vpd83.empty()) return {"", "VPD 83h: not there"};
    auto found = wwid_from_vpd83(pages.vpd83);
    if (!found) return {"", found.error().what()};
    return found->value_or(Wwid{"", "VPD 83h: names no logical unit"});
}

void compare(DiskWwid& disk, std::string_view attribute, const Wwid& own) {
    if (own.text == disk.wwid.text) return;
    disk.differs = cat(attribute, " is ", safe(disk.wwid.text), ", but ", own.from, " gives ",
                       safe(own.text.empty() ? std::string_view("none") : own.text));
}

/// The value that udev has.
Wwid of_udev(const UdevProperties* udev, std::string_view attribute) {
    return {udev ? kept(property(*udev, attribute)) : "", cat("udev ", attribute)};
}

Wwid none(const UdevProperties* udev, std::string_view attribute) {
    return {"", cat("udev ", attribute,
                    udev ? ": the disk has no such property" : ": udev has not looked at the disk yet")};
}

}  // namespace

UdevProperties expected_properties(WwidFlavour flavour, const Pages& pages) {
    UdevProperties properties;
    (void)add_expected(properties, flavour, pages);
    return properties;
}

std::optional<Wwid> wwid_of_pages(WwidFlavour flavour, const Pages& pages) {
    auto found =
        flavour == WwidFlavour::libmultipath ? of_libmultipath(pages) : expected_wwid(flavour, pages).value_or(Wwid{});
    if (is_blank(found)) return std::nullopt;
    return found;
}

DiskWwid wwid_of_scsi(const UdevProperties* udev, std::string_view attribute, WwidFlavour flavour, const Pages& pages) {
    if (attribute.empty()) return {of_libmultipath(pages), ""};
    DiskWwid disk{of_udev(udev, attribute), ""};
    if (attribute != scsi_attribute) return disk.wwid.text.empty() ? DiskWwid{none(udev, attribute), ""} : disk;
    auto expected = expected_wwid(flavour, pages);
    if (!disk.wwid.text.empty()) {
        compare(disk, attribute, expected ? *expected : of_libmultipath(pages));
        return disk;
    }
    if (udev || !expected) return {of_libmultipath(pages), ""};
    if (is_blank(*expected)) return {{"", cat(expected->from, ": blank")}, ""};
    return {*expected, ""};
}

DiskWwid wwid_of_nvme(const UdevProperties* udev, std::string_view attribute, std::string_view sysfs_wwid) {
    Wwid own{nvme_wwid(sysfs_wwid), "sysfs wwid"};
    if (own.text.empty()) own.from = "sysfs wwid: empty";
    if (attribute.empty()) return {own, ""};
    auto long_one = udev ? property(*udev, attribute) : "";
    DiskWwid disk{{nvme_wwid(long_one), cat("udev ", attribute)}, ""};
    if (disk.wwid.text.empty()) return {attribute == "ID_WWN" ? own : none(udev, attribute), ""};
    if (attribute == "ID_WWN") compare(disk, attribute, own);
    return disk;
}

std::optional<std::string_view> uid_attribute_by_name(std::string_view uid_attrs, std::string_view disk_name) {
    for (auto record : words(uid_attrs)) {
        auto colon = record.rfind(':');
        if (colon != std::string_view::npos && disk_name.starts_with(record.substr(0, colon))) {
            return record.substr(colon + 1);
        }
    }
    return std::nullopt;
}

}  // namespace rdm
