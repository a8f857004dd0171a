// SPDX-License-Identifier: GPL-2.0-or-later
// Properties as scsi_id prints them, and as we expect them.
#include <algorithm>

#include "oracles.h"
#include "path/udev_scsi_id.h"
#include "report.h"
#include "samples.h"

namespace rdm {

namespace {

/// By name alone where we say no value. Port identifiers of UAS and SOP are left out by us, unit serial numbers by
/// some.
std::string text(const UdevProperties& properties, const UdevProperties& our) {
    std::string all;
    for (const auto& one : properties) {
        if (one.name.contains("_UAS_") || one.name.contains("_SOP_")) continue;
        bool named = property(our, one.name) == "?";
        all += cat(one.name, '=', named ? "?" : one.value, '\n');
    }
    return all;
}

UdevProperties theirs(const Sample& disk) {
    char out[8192] = "";
    auto reply = [](const Buffer& page) { return oracle_reply{page.data(), page.size()}; };
    UdevProperties properties;
    if (oracle_scsi_id(reply(disk.inquiry), reply(disk.vpd80), reply(disk.vpd83), out, sizeof out) == 0) {
        import_properties(properties, out);
        set_property(properties, "ID_BUS", "scsi");
    }
    return properties;
}

}  // namespace

bool compare_scsi_id() {
    Report report("properties as systemd 252's scsi_id prints them");
    Random random(5);
    for (int i = 0; i < 100000; ++i) {
        auto disk = sample_disk(random);
        if (disk.inquiry[8] == 'A') disk.inquiry[8] = 'B';  // those of vendor ATA are ata_id's
        auto their = theirs(disk);
        UdevProperties our;
        (void)add_scsi_id_properties(our, {.inquiry = disk.inquiry, .vpd80 = disk.vpd80, .vpd83 = disk.vpd83});
        report.count(property(our, "ID_SERIAL").empty() ? "without ID_SERIAL" : "with ID_SERIAL");
        auto serial = property(their, "ID_SERIAL");
        std::string_view wanted;
        auto plain = [](char c) { return c >= ' ' && c < 0x7f; };
        if (!std::ranges::all_of(property(their, "ID_SCSI_SERIAL"), plain)) wanted = "a unit serial number in UTF-8";
        if (serial == "0" || serial == "S") wanted = "the digit of an attempt that failed is no serial number";
        auto wwn = property(their, "ID_WWN_WITH_EXTENSION");
        if (wwn.find_first_not_of("0123456789abcdefx") != std::string_view::npos) wanted = "a WWN that is a text";
        report.compare(cat(hex(disk.inquiry), ' ', hex(disk.vpd80), ' ', hex(disk.vpd83)), text(their, our),
                       text(our, our), wanted);
    }
    return report.end();
}

}  // namespace rdm
