// SPDX-License-Identifier: GPL-2.0-or-later
#include "path/udev_scsi_id.h"

#include <algorithm>

#include "base/text.h"
#include "path/udev_text.h"

namespace rdm {

namespace {

constexpr std::size_t most_serial = 256;  // with the NUL
constexpr std::size_t vendor_and_model = 24;

/// A reply, of which it asks for 254 bytes, and NULs where a designator leads behind them.
struct Reply {
    std::size_t size;
    std::uint8_t bytes[254 + 4 + 256] = {};

    explicit Reply(Bytes reply) : size(std::min<std::size_t>(reply.size(), 254)) {
        std::ranges::copy(reply.first(size), bytes);
    }
    std::uint8_t operator[](std::size_t place) const { return bytes[place]; }
    [[nodiscard]] std::string_view text(std::size_t place, std::size_t length) const {
        return {reinterpret_cast<const char*>(bytes) + place, length};
    }
};

std::string_view up_to_nul(std::string_view text) { return text.substr(0, text.find('\0')); }

struct Found {
    std::string serial;      ///< "": none
    std::size_t prefix = 0;  ///< how much of it ID_SERIAL_SHORT leaves out
    const char* what = "";
    bool wwn = false;
};

constexpr std::uint8_t naa = 3;
constexpr std::uint8_t any = 16;
constexpr struct {
    std::uint8_t type, naa;
    char what[25];
} kinds[] = {
    {naa, 6, "VPD 83h, NAA 6"},  {naa, 5, "VPD 83h, NAA 5"},      {naa, any, "VPD 83h, NAA"},
    {2, any, "VPD 83h, EUI-64"}, {1, any, "VPD 83h, T10 vendor"}, {0, any, "VPD 83h, vendor specific"},
};

/// Vendor and model as they stand in the INQUIRY data; none if they are not whole.
std::string_view model_of(const Reply& inquiry) {
    auto text = inquiry.text(8, vendor_and_model);
    return up_to_nul(text).size() == text.size() ? text : "";
}

/// The place of the designator behind this one, or the first; false behind the last.
bool next_place(std::size_t& place, const Reply& page) {
    std::size_t last = page[2] * 256u + page[3] + 3u;
    place = place == 0 ? 4 : place + page[place + 3] + 4u;
    return place <= last && place < page.size;
}

/// The designator at this place, if it is of this kind and code set (1 binary, 2 text).
Found designator(const Reply& page, std::size_t place, const auto& kind, std::uint8_t code_set,
                 std::string_view model) {
    std::size_t size = page[place + 3];
    bool same = (page[place + 1] & 0x3f) == kind.type && (page[place] & 15) == code_set &&
                (kind.naa == any || page[place + 4] >> 4 == kind.naa);
    if (kind.type != 0) model = "";
    std::size_t length = 2 + (code_set == 2 ? size : 2 * size) + (kind.type == 0 ? vendor_and_model : 0);
    if (!same || length > most_serial || (kind.type == 0 && model.empty())) return {};
    auto serial = cat(kind.type, model);
    auto prefix = serial.size();
    serial += code_set == 2 ? std::string(up_to_nul(page.text(place + 4, size))) : hex({page.bytes + place + 4, size});
    return {std::move(serial), prefix, kind.what, kind.type == naa};
}

Found from_page_83(const Reply& page, std::string_view model) {
    if (page[1] != 0x83) return {};
    if (page[6] != 0) {  // from before SPC-2: the bytes are the identifier themselves
        return {cat('3', hex({page.bytes + 4, std::min<std::size_t>(page[3], 126)})), 0, "VPD 83h, before SPC-2",
                false};
    }
    for (const auto& kind : kinds) {
        for (std::uint8_t code_set = 1; code_set <= 2; ++code_set) {
            for (std::size_t place = 0; next_place(place, page);) {
                auto found = designator(page, place, kind, code_set, model);
                if (!found.serial.empty()) return found;
            }
        }
    }
    return {};
}

/// What page 80h says; nullopt: it is none, or too long for scsi_id.
std::optional<std::string_view> unit_serial(const Reply& page) {
    std::size_t size = page[3];
    if (page[1] != 0x80 || size + 1 + vendor_and_model > most_serial) return std::nullopt;
    return up_to_nul(page.text(4, size));
}

bool has_port_group(const Reply& page) {
    if (page[1] != 0x83 || page[6] != 0) return false;
    for (std::size_t place = 0; next_place(place, page);) {
        if ((page[place + 1] & 0x2f) == 5 && (page[place] & 15) == 1 && page[place + 3] <= 127) return true;
    }
    return false;
}

void add_names(UdevProperties& properties, const Reply& inquiry) {
    constexpr struct {
        char name[12], encoded[14];
        std::uint8_t place, size;
    } fields[] = {
        {"ID_VENDOR", "ID_VENDOR_ENC", 8, 8}, {"ID_MODEL", "ID_MODEL_ENC", 16, 16}, {"ID_REVISION", "", 32, 4}};
    for (const auto& one : fields) {
        auto text = up_to_nul(inquiry.text(one.place, one.size));
        set_property(properties, one.name, safe_name(text));
        if (!text.empty() && one.encoded[0]) set_property(properties, one.encoded, some_value);
    }
}

void add_serial(UdevProperties& properties, const Found& found) {
    std::string_view rest = found.serial;
    rest.remove_prefix(found.prefix);
    set_property(properties, "ID_SERIAL", safe_name(found.serial));
    set_property(properties, "ID_SERIAL_SHORT", safe_name(rest));
    if (!found.wwn || rest.empty()) return;
    auto wwn = cat("0x", rest.substr(0, 32));
    import_property(properties, "ID_WWN_WITH_EXTENSION", wwn);
    if (rest.size() > 16) set_property(properties, "ID_WWN_VENDOR_EXTENSION", some_value);
    import_property(properties, "ID_WWN", wwn.substr(0, 18));
}

std::string_view add_scsi_id(UdevProperties& properties, const Reply& inquiry, const Reply& page_80,
                             const Reply& page_83) {
    import_properties(properties, "ID_SCSI=1\nID_BUS=scsi\nID_TYPE=?");
    add_names(properties, inquiry);
    auto model = model_of(inquiry);
    auto found = from_page_83(page_83, model);
    auto number = unit_serial(page_80);
    if (found.serial.empty() && number && !model.empty()) {
        found = {cat('S', model, *number), 1 + vendor_and_model, "VPD 80h", false};
    }
    add_serial(properties, found);
    if (has_port_group(page_83)) set_property(properties, "ID_TARGET_PORT", some_value);
    // Since CVE-2026-40225 not with control characters; UTF-8, which no disk has there, is left out too.
    bool plain = number && std::ranges::all_of(*number, [](char c) { return c >= ' ' && c < 0x7f; });
    if (plain && page_83.size > 0) import_property(properties, "ID_SCSI_SERIAL", *number);
    return found.what;
}

/// SAT's designator of a disk's own model and serial number: vendor, model, serial number, filled up with blanks.
std::string_view add_ata_id(UdevProperties& properties, const Reply& page) {
    constexpr std::size_t size = 8 + 40 + 20;
    for (std::size_t place = 0; next_place(place, page);) {
        if ((page[place + 1] & 0x3f) != 1 || page[place + 3] != size || page.text(place + 4, 4) != "ATA ") continue;
        auto found = from_page_83(page, "");
        found.wwn = found.wwn && found.serial.size() == 17 && found.serial.starts_with("35");
        add_serial(properties, found);
        auto model = safe_name(up_to_nul(page.text(place + 12, 40)));
        auto serial = safe_name(up_to_nul(page.text(place + 52, 20)));
        import_properties(properties, "ID_TYPE=disk\nID_BUS=ata\nID_ATA=1\nID_MODEL_ENC=?");
        set_property(properties, "ID_MODEL", model);
        set_property(properties, "ID_SERIAL", cat(model, serial.empty() ? "" : "_", serial));
        set_property(properties, "ID_SERIAL_SHORT", serial);
        return "VPD 83h, ATA";
    }
    return "";
}

}  // namespace

std::string_view add_scsi_id_properties(UdevProperties& properties, const Pages& pages) {
    if (pages.inquiry.empty()) return "";
    Reply inquiry(pages.inquiry);
    Reply page_83(pages.vpd83);
    if (inquiry.text(8, 8) == "ATA     ") return add_ata_id(properties, page_83);
    return add_scsi_id(properties, inquiry, Reply(pages.vpd80), page_83);
}

}  // namespace rdm
