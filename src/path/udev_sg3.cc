// SPDX-License-Identifier: GPL-2.0-or-later
#include "path/udev_sg3.h"

#include <algorithm>

#include "base/text.h"
#include "path/udev_text.h"

namespace rdm {

namespace {

bool is_blank(std::uint8_t c) { return c == ' ' || c == '\t'; }
bool is_printed(std::uint8_t c) { return c > ' ' && c < 0x7f; }

/// Blanks at the ends and what stands in front of a Unicode text left out, runs of blanks as one "_", bytes that cannot
/// be printed as ".", single NULs left out, two of them the end. Nothing if nothing can be printed.
std::string squeezed(Bytes text) {
    std::size_t from = 0;
    while (from < text.size() && is_blank(text[from])) ++from;
    while (from < text.size() && text[from] < ' ') ++from;
    text = text.subspan(from);
    while (!text.empty() && (is_blank(text.back()) || text.back() == 0)) text = text.first(text.size() - 1);
    std::string out;
    bool any = false;
    bool after_nul = false;
    for (auto c : text) {
        if (c == 0 && after_nul) break;
        after_nul = c == 0;
        if (c == 0 || (is_blank(c) && (out.empty() || out.back() == '_'))) continue;
        any = any || is_blank(c) || is_printed(c);
        out += is_blank(c) ? '_' : is_printed(c) ? static_cast<char>(c) : '.';
    }
    return any ? out : "";
}

std::uint8_t at(Bytes page, std::size_t place) { return place < page.size() ? page[place] : 0; }

/// sg_inq guesses from a file's bytes what it is, and takes long pages 83h and some serial numbers for INQUIRY data.
bool looks_like_inquiry(Bytes page) {
    auto text = [&](std::size_t place) { return at(page, place) >= ' ' && at(page, place) <= 0x80; };
    return at(page, 2) > 2 || (at(page, 1) == 0x80 && !(text(5) && text(6) && text(7)));
}

/// `name` and `kind` are the halves of a property's name.
void set(UdevProperties& properties, std::string_view name, std::string_view kind, std::string_view value) {
    import_property(properties, cat(name, kind), value);
}

void take_inquiry(UdevProperties& properties, Bytes inquiry) {
    import_properties(properties, "SCSI_TPGS=?\nSCSI_TYPE=?");
    constexpr struct {
        char name[14], encoded[5];
        std::uint8_t place, size;
    } fields[] = {{"SCSI_VENDOR", "_ENC", 8, 8}, {"SCSI_MODEL", "_ENC", 16, 16}, {"SCSI_REVISION", "", 32, 4}};
    for (const auto& one : fields) {
        auto raw = inquiry.subspan(std::min<std::size_t>(inquiry.size(), one.place));
        auto text = squeezed(raw.first(std::min<std::size_t>(raw.size(), one.size)));
        set(properties, one.name, "", text);
        if (!text.empty() && one.encoded[0]) set(properties, one.name, one.encoded, some_value);
    }
}

void take_text(UdevProperties& properties, std::string_view name, std::string_view kind, Bytes text) {
    auto value = squeezed(text);
    set(properties, name, kind, escaped_name(value));
    if (kind == "T10" && value.starts_with("ATA_")) set(properties, name, "ATA", value.substr(4));
}

std::string_view naa_kind(Bytes body) {
    switch (at(body, 0) >> 4) {
        case 6:
            return "NAA_REGEXT";
        case 5:
            return "NAA_REG";
        case 2:
            return "NAA_EXT";
        default:
            return "NAA_LOCAL";
    }
}

/// Designators of which only the property's name matters. `of`: 3 is any.
constexpr struct {
    std::uint8_t type, of, least, most;
    char kind[19];
} others[] = {{4, 1, 4, 4, "RELATIVE"},
              {5, 1, 4, 4, "TARGET_PORT_GROUP"},
              {6, 0, 4, 4, "LOGICAL_UNIT_GROUP"},
              {7, 0, 1, 255, "MD5"},
              {10, 3, 18, 255, "UUID"}};

void take_designator(UdevProperties& properties, Bytes header, Bytes body) {
    constexpr char names[][19] = {"SCSI_IDENT_LUN_", "SCSI_IDENT_PORT_", "SCSI_IDENT_TARGET_"};
    auto type = header[1] & 15;
    auto of = header[1] >> 4 & 3;
    std::string_view name = names[of];
    auto code_set = header[0] & 15;
    if (type < 2) {  // vendor specific, T10
        std::string_view kind = type == 0 ? "VENDOR" : "T10";
        if (type == 0 && body.size() > 128) return;
        if (code_set == 2 || code_set == 3) return take_text(properties, name, kind, body);
        return set(properties, name, kind, hex(body));
    }
    if (type == 8 && code_set == 3) {  // printed as it is, whatever lines that makes
        std::string_view whole(reinterpret_cast<const char*>(body.data()), body.size());
        return import_properties(properties, cat(name, "NAME=", whole.substr(0, whole.find('\0'))));
    }
    if (code_set != 1) return;
    if (type < 4) return set(properties, name, type == 2 ? "EUI64" : naa_kind(body), hex(body));
    for (const auto& one : others) {
        if (one.type != type || (one.of != 3 && one.of != of)) continue;
        if (body.size() >= one.least && body.size() <= one.most) set(properties, name, one.kind, some_value);
    }
}

void take_designators(UdevProperties& properties, Bytes list, bool old) {
    if (old) {  // from before SPC-2: the bytes are the identifier themselves
        constexpr std::uint8_t naa[] = {1, 3, 0, 0};
        take_designator(properties, naa, list);
        auto next = 20u + at(list, 19);
        list = list.subspan(std::min<std::size_t>(list.size(), next));
    }
    while (list.size() >= 4) {
        std::size_t size = list[3];
        if (size + 4 > list.size() || (list[1] >> 4 & 3) == 3) return;
        take_designator(properties, list, list.subspan(4, size));
        list = list.subspan(4 + size);
    }
}

/// What `sg_inq --export` prints of a page.
void take_page(UdevProperties& properties, Bytes page, bool guessed) {
    if (page.size() < 4) return;
    if (guessed && looks_like_inquiry(page)) return take_inquiry(properties, page);
    auto body = page.subspan(4);
    body = body.first(std::min<std::size_t>(body.size(), be16(page.subspan(2))));
    constexpr std::size_t most = 251;
    if (page[1] == 0x80) take_text(properties, "SCSI_IDENT_", "SERIAL", body.first(std::min(body.size(), most)));
    if (page[1] == 0x83) take_designators(properties, body, at(page, 6) != 0);
}

/// What a rule sets: udev has no room for more.
void set_by_rule(UdevProperties& properties, std::string_view name, std::string_view value) {
    constexpr std::size_t most = 511;
    if (value.size() <= most) set_property(properties, name, value);
}

std::string value_of(const UdevProperties& properties, std::string_view name) {
    return std::string(property(properties, name));
}

void copy_under_old_names(UdevProperties& properties) {
    constexpr struct {
        char to[15], from[34];
    } names[] = {
        {"ID_VENDOR", "SCSI_VENDOR"},
        {"ID_VENDOR_ENC", "SCSI_VENDOR_ENC"},
        {"ID_MODEL", "SCSI_MODEL"},
        {"ID_MODEL_ENC", "SCSI_MODEL_ENC"},
        {"ID_REVISION", "SCSI_REVISION"},
        {"ID_TYPE", "SCSI_TYPE"},
        {"ID_SCSI_SERIAL", "SCSI_IDENT_SERIAL"},
        {"ID_TARGET_PORT", "SCSI_IDENT_PORT_TARGET_PORT_GROUP"},
    };
    for (const auto& one : names) set_property(properties, one.to, value_of(properties, one.from));
}

constexpr struct {
    char source[26];
    char digit;
    bool with_model;  ///< vendor and product come first
    bool ambiguous;   ///< not with only_t10
    char what[25];
} serials[] = {
    {"SCSI_IDENT_LUN_NAA_REGEXT", '3', false, false, "VPD 83h, NAA 6"},
    {"SCSI_IDENT_LUN_NAA_REG", '3', false, false, "VPD 83h, NAA 5"},
    {"SCSI_IDENT_LUN_NAA_EXT", '3', false, false, "VPD 83h, NAA 2"},
    {"SCSI_IDENT_LUN_EUI64", '2', false, false, "VPD 83h, EUI-64"},
    {"SCSI_IDENT_LUN_NAME", '8', false, false, "VPD 83h, SCSI name"},
    {"SCSI_IDENT_LUN_T10", '1', false, false, "VPD 83h, T10 vendor"},
    {"SCSI_IDENT_LUN_NAA_LOCAL", '3', false, true, "VPD 83h, NAA 3"},
    {"SCSI_IDENT_LUN_VENDOR", '0', true, true, "VPD 83h, vendor specific"},
    {"SCSI_IDENT_SERIAL", 'S', true, true, "VPD 80h"},
};

void add_wwn(UdevProperties& properties) {
    constexpr std::string_view whole = "ID_WWN_WITH_EXTENSION";
    for (const auto& one : serials) {
        auto found = value_of(properties, one.source);
        if (one.digit == '3' && !found.empty() && property(properties, whole).empty()) {
            set_by_rule(properties, whole, cat("0x", found));
        }
    }
    set_property(properties, "ID_WWN", value_of(properties, whole).substr(0, 18));
}

std::string_view add_serial(UdevProperties& properties, SerialSources sources) {
    auto ata = value_of(properties, "SCSI_IDENT_LUN_ATA");
    set_property(properties, "ID_SERIAL", ata);
    if (property(properties, "SCSI_VENDOR") == "ATA") {
        set_property(properties, "ID_SERIAL_SHORT", value_of(properties, "SCSI_IDENT_LUN_VENDOR"));
    }
    if (!ata.empty()) {
        import_properties(properties, "ID_ATA=1\nID_BUS=ata");
        return "VPD 83h, ATA";
    }
    for (const auto& one : serials) {
        auto found = value_of(properties, one.source);
        if (found.empty()) continue;
        set_property(properties, "ID_BUS", "scsi");
        if (one.ambiguous && sources == SerialSources::only_t10) continue;
        set_by_rule(properties, "ID_SERIAL_SHORT", found);
        if (one.with_model) {
            found = cat(property(properties, "SCSI_VENDOR"), '_', property(properties, "SCSI_MODEL"), '_', found);
        }
        set_by_rule(properties, "ID_SERIAL", cat(one.digit, found));
        if (!property(properties, "ID_SERIAL").empty()) return one.what;
    }
    return "";
}

}  // namespace

std::string_view add_sg3_properties(UdevProperties& properties, const Pages& pages, SerialSources sources) {
    if (pages.inquiry.empty()) return "";
    constexpr int spc = 3;  // the rules of old ask those disks themselves, as the kernel has no pages of them
    bool by_command =
        !looks_like_inquiry(pages.inquiry) || (sources == SerialSources::all && (at(pages.inquiry, 2) & 15) == spc);
    import_properties(properties, by_command ? "ID_SCSI=1" : "ID_SCSI=1\nID_SCSI_INQUIRY=1");
    take_inquiry(properties, pages.inquiry);
    if (by_command || pages.in_sysfs) {
        take_page(properties, pages.vpd80, !by_command);
        take_page(properties, pages.vpd83, !by_command);
    }
    copy_under_old_names(properties);
    add_wwn(properties);
    return add_serial(properties, sources);
}

}  // namespace rdm
