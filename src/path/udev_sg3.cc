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

std::string escaped(std::string_view text, bool (*stays)(char)) {
    std::string out;
    for (char c : text) {
        if (stays(c)) {
            out += c;
        } else {
            auto byte = static_cast<std::uint8_t>(c);
            out += cat("\\x", hex({&byte, 1}));
        }
    }
    return out;
}

std::uint8_t at(Bytes page, std::size_t place) { return place < page.size() ? page[place] : 0; }

/// A field of the INQUIRY data, NULs where it was cut.
std::string field(Bytes inquiry, std::size_t place, std::size_t size) {
    std::string text(size, '\0');
    for (std::size_t i = 0; i < size; ++i) text[i] = static_cast<char>(at(inquiry, place + i));
    return text;
}

/// sg_inq guesses from a file's bytes what it is, and takes long pages 83h and some serial numbers for INQUIRY data.
bool looks_like_inquiry(Bytes page) {
    auto text = [](std::uint8_t c) { return c >= ' ' && c <= 0x80; };
    return at(page, 2) > 2 || (at(page, 1) == 0x80 && !(text(at(page, 5)) && text(at(page, 6)) && text(at(page, 7))));
}

std::string_view type_name(Bytes inquiry) {
    switch (at(inquiry, 0) & 31) {
        case 7:
            return "optical memory device";
        case 14:
            return "simplified direct access device";
        case 20:
            return "host managed zoned block";
        default:
            return "disk";  // the kernel makes no other type an sd
    }
}

void print_inquiry(std::string& out, Bytes inquiry) {
    out += cat("SCSI_TPGS=", at(inquiry, 5) >> 4 & 3, "\nSCSI_TYPE=", type_name(inquiry), '\n');
    constexpr struct {
        std::string_view name;
        std::uint8_t place, size;
        bool encoded;
    } fields[] = {{"VENDOR", 8, 8, true}, {"MODEL", 16, 16, true}, {"REVISION", 32, 4, false}};
    for (const auto& one : fields) {
        if (inquiry.size() <= one.place) return;
        auto raw = field(inquiry, one.place, one.size);
        auto text = squeezed(bytes_of(raw));
        if (text.empty()) continue;
        out += cat("SCSI_", one.name, '=', text, '\n');
        auto stays = [](char c) { return is_printed(static_cast<std::uint8_t>(c)); };
        if (one.encoded) out += cat("SCSI_", one.name, "_ENC=", escaped(raw, stays), '\n');
    }
}

void print_text(std::string& out, std::string_view name, std::string_view kind, Bytes text) {
    auto value = squeezed(text);
    out += cat(name, kind, '=', escaped(value, is_safe_in_node_name), '\n');
    if (kind == "T10" && value.starts_with("ATA_")) out += cat(name, "ATA=", value.substr(4), '\n');
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

/// A big-endian number as "%x" has it.
std::string hex_number(Bytes bytes) {
    auto digits = hex(bytes);
    return digits.substr(std::min(digits.find_first_not_of('0'), digits.size() - 1));
}

std::string uuid(Bytes body) {
    std::string text;
    for (std::size_t i = 2; i < body.size(); ++i) {
        if (i >= 6 && i <= 12 && i % 2 == 0) text += '-';
        text += hex(body.subspan(i, 1));
    }
    return text;
}

std::string in_columns(Bytes body) {
    std::string text;
    for (std::size_t i = 0; i < std::min<std::size_t>(body.size(), 16); ++i) {
        text += cat(i == 0 ? "" : i == 8 ? "  " : " ", hex(body.subspan(i, 1)));
    }
    return text;
}

void print_protocol_port(std::string& out, std::string_view name, bool port, std::uint8_t protocol, Bytes body) {
    constexpr std::uint8_t uas = 9;
    constexpr std::uint8_t sop = 10;
    if (protocol == uas && port && body.size() == 4) {
        std::uint8_t address[] = {static_cast<std::uint8_t>(body[0] & 0x7f)};
        out += cat(name, "UAS_DEVICE_ADDRESS=0x", hex_number(address), '\n');
        out += cat(name, "UAS_INTERFACE_NUMBER=0x", hex_number(body.subspan(2, 1)), '\n');
    } else if (protocol == sop && (body.size() == 4 || body.size() == 8)) {
        out += cat(name, "SOP_ROUTING_ID=0x", hex_number(body.first(2)), '\n');
    }
}

void print_designator(std::string& out, Bytes header, Bytes body) {
    constexpr std::string_view names[] = {"SCSI_IDENT_LUN_", "SCSI_IDENT_PORT_", "SCSI_IDENT_TARGET_"};
    auto of = header[1] >> 4 & 3;
    auto name = names[of];
    auto code_set = header[0] & 15;
    bool binary = code_set == 1;
    bool text = code_set == 2 || code_set == 3;
    bool four = binary && body.size() == 4;
    auto print_hex = [&](std::string_view kind) { out += cat(name, kind, '=', hex(body), '\n'); };
    auto print_number = [&](std::string_view kind) {
        out += cat(name, kind, "=0x", hex_number(body.subspan(2)), '\n');
    };
    switch (header[1] & 15) {
        case 0:
            if (body.empty() || body.size() > 128) return;
            return text ? print_text(out, name, "VENDOR", body) : print_hex("VENDOR");
        case 1:
            return text ? print_text(out, name, "T10", body) : print_hex("T10");
        case 2:
            if (binary) print_hex("EUI64");
            return;
        case 3:
            if (binary) print_hex(naa_kind(body));
            return;
        case 4:
            if (four && of == 1) out += cat(name, "RELATIVE=", be16(body.subspan(2)), '\n');
            return;
        case 5:
            if (four && of == 1) print_number("TARGET_PORT_GROUP");
            return;
        case 6:
            if (four && of == 0) print_number("LOGICAL_UNIT_GROUP");
            return;
        case 7:
            if (binary && of == 0) out += cat(name, "MD5=", in_columns(body), body.empty() ? "" : "\n");
            return;
        case 8:
            if (code_set == 3) {
                std::string_view whole(reinterpret_cast<const char*>(body.data()), body.size());
                out += cat(name, "NAME=", whole.substr(0, whole.find('\0')), '\n');
            }
            return;
        case 9:
            return print_protocol_port(out, name, of == 1, header[0] >> 4, body);
        case 10:
            if (binary && body.size() >= 18) out += cat(name, "UUID=", uuid(body), '\n');
            return;
        default:
            return;
    }
}

void print_designators(std::string& out, Bytes list, bool old) {
    if (old) {  // from before SPC-2: the bytes are the identifier themselves
        constexpr std::uint8_t naa[] = {1, 3, 0, 0};
        print_designator(out, naa, list);
        auto next = 20u + at(list, 19);
        list = list.subspan(std::min<std::size_t>(list.size(), next));
    }
    while (list.size() >= 4) {
        auto body = take(list.subspan(4), list[3]);
        if (!body || (list[1] >> 4 & 3) == 3) return;
        print_designator(out, list.first(4), *body);
        list = list.subspan(4 + body->size());
    }
}

/// What `sg_inq --export` prints of a page.
std::string printed(Bytes page, bool guessed) {
    std::string out;
    if (page.size() < 4) return out;
    if (guessed && looks_like_inquiry(page)) {
        print_inquiry(out, page);
        return out;
    }
    auto body = page.subspan(4);
    body = body.first(std::min<std::size_t>(body.size(), be16(page.subspan(2))));
    if (page[1] == 0x80) {
        constexpr std::size_t most = 251;
        print_text(out, "SCSI_IDENT_", "SERIAL", body.first(std::min(body.size(), most)));
    }
    if (page[1] == 0x83) print_designators(out, body, at(page, 6) != 0);
    return out;
}

void copy(UdevProperties& properties, std::string_view to, std::string_view from) {
    if (property(properties, to).empty()) set_property(properties, to, std::string(property(properties, from)));
}

/// What a rule sets: udev has no room for more.
void set_by_rule(UdevProperties& properties, std::string_view name, std::string_view value) {
    constexpr std::size_t most = 511;
    if (value.size() <= most) set_property(properties, name, value);
}

void add_wwn(UdevProperties& properties) {
    constexpr std::string_view with_extension = "ID_WWN_WITH_EXTENSION";
    for (auto kind : {"REGEXT", "REG", "EXT", "LOCAL"}) {
        auto found = property(properties, cat("SCSI_IDENT_LUN_NAA_", kind));
        if (found.empty() || !property(properties, with_extension).empty()) continue;
        set_by_rule(properties, with_extension, cat("0x", found));
    }
    auto whole = std::string(property(properties, with_extension).substr(0, 18));
    set_property(properties, "ID_WWN", whole);
}

constexpr struct {
    std::string_view source;  ///< behind "SCSI_IDENT_"
    char digit;
    bool with_model;  ///< vendor and product come first
    bool ambiguous;   ///< not with only_t10
    std::string_view what;
} serials[] = {
    {"LUN_NAA_REGEXT", '3', false, false, "VPD 83h, NAA 6"},
    {"LUN_NAA_REG", '3', false, false, "VPD 83h, NAA 5"},
    {"LUN_NAA_EXT", '3', false, false, "VPD 83h, NAA 2"},
    {"LUN_EUI64", '2', false, false, "VPD 83h, EUI-64"},
    {"LUN_NAME", '8', false, false, "VPD 83h, SCSI name"},
    {"LUN_T10", '1', false, false, "VPD 83h, T10 vendor"},
    {"LUN_NAA_LOCAL", '3', false, true, "VPD 83h, NAA 3"},
    {"LUN_VENDOR", '0', true, true, "VPD 83h, vendor specific"},
    {"SERIAL", 'S', true, true, "VPD 80h"},
};

std::string_view add_serial(UdevProperties& properties, SerialSources sources) {
    auto value = [&](std::string_view name) { return std::string(property(properties, name)); };
    auto ata = value("SCSI_IDENT_LUN_ATA");
    set_property(properties, "ID_SERIAL", ata);
    if (!ata.empty()) set_property(properties, "ID_ATA", "1");
    if (!ata.empty()) set_property(properties, "ID_BUS", "ata");
    if (value("SCSI_VENDOR") == "ATA") set_property(properties, "ID_SERIAL_SHORT", value("SCSI_IDENT_LUN_VENDOR"));
    if (!ata.empty()) return "VPD 83h, ATA";
    for (const auto& one : serials) {
        auto found = value(cat("SCSI_IDENT_", one.source));
        if (found.empty()) continue;
        set_property(properties, "ID_BUS", "scsi");
        if (one.ambiguous && sources == SerialSources::only_t10) continue;
        auto model = one.with_model ? cat(value("SCSI_VENDOR"), '_', value("SCSI_MODEL"), '_') : "";
        set_by_rule(properties, "ID_SERIAL_SHORT", found);
        set_by_rule(properties, "ID_SERIAL", cat(one.digit, model, found));
        if (!value("ID_SERIAL").empty()) return one.what;
    }
    return "";
}

}  // namespace

std::string_view add_sg3_properties(UdevProperties& properties, const Pages& pages, SerialSources sources) {
    if (pages.inquiry.empty()) return "";
    constexpr int spc = 3;  // the rules of old ask those disks themselves, as the kernel has no pages of them
    bool by_command =
        !looks_like_inquiry(pages.inquiry) || (sources == SerialSources::all && (at(pages.inquiry, 2) & 15) == spc);
    std::string out;
    print_inquiry(out, pages.inquiry);
    import_properties(properties, out);
    set_property(properties, "ID_SCSI", "1");
    if (!by_command) set_property(properties, "ID_SCSI_INQUIRY", "1");
    if (by_command || pages.in_sysfs) {
        import_properties(properties, printed(pages.vpd80, !by_command));
        import_properties(properties, printed(pages.vpd83, !by_command));
    }
    for (auto part : {"VENDOR", "VENDOR_ENC", "MODEL", "MODEL_ENC", "REVISION", "TYPE"}) {
        copy(properties, cat("ID_", part), cat("SCSI_", part));
    }
    auto group = std::string(property(properties, "SCSI_IDENT_PORT_TARGET_PORT_GROUP"));
    if (!group.empty()) set_property(properties, "ID_TARGET_PORT", group.substr(2));
    add_wwn(properties);
    auto what = add_serial(properties, sources);
    copy(properties, "ID_SCSI_SERIAL", "SCSI_IDENT_SERIAL");
    return what;
}

}  // namespace rdm
