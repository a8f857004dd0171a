// SPDX-License-Identifier: GPL-2.0-or-later
#include "path/udev_scsi_id.h"

#include <algorithm>

#include "base/text.h"
#include "path/udev_text.h"

namespace rdm {

namespace {

constexpr std::size_t most_page = 254;    // it asks for no more
constexpr std::size_t most_serial = 256;  // with the NUL
constexpr std::size_t vendor_and_model = 24;

/// Bytes of a reply, NULs behind its end.
class Reply {
public:
    explicit Reply(Bytes bytes) : bytes_(bytes.first(std::min(bytes.size(), most_page))) {}
    std::uint8_t operator[](std::size_t place) const { return place < bytes_.size() ? bytes_[place] : 0; }
    [[nodiscard]] std::size_t size() const { return bytes_.size(); }
    /// All `size` bytes, as text.
    [[nodiscard]] std::string text(std::size_t place, std::size_t size) const {
        std::string out(size, '\0');
        for (std::size_t i = 0; i < size; ++i) out[i] = static_cast<char>((*this)[place + i]);
        return out;
    }
    /// As hex digits.
    [[nodiscard]] std::string digits(std::size_t place, std::size_t size) const {
        return hex(bytes_of(text(place, size)));
    }

private:
    Bytes bytes_;
};

std::string up_to_nul(std::string text) { return text.substr(0, text.find('\0')); }

struct Found {
    std::string serial;
    std::string serial_short;
    std::string wwn;
    std::string wwn_extension;
    std::string_view what;
};

constexpr std::uint8_t naa = 3;
constexpr int any = -1;
constexpr struct {
    std::uint8_t type;
    int naa;
    std::string_view what;
} kinds[] = {
    {naa, 6, "VPD 83h, NAA 6"},  {naa, 5, "VPD 83h, NAA 5"},      {naa, any, "VPD 83h, NAA"},
    {2, any, "VPD 83h, EUI-64"}, {1, any, "VPD 83h, T10 vendor"}, {0, any, "VPD 83h, vendor specific"},
};

/// Vendor and model as they stand in the INQUIRY data; none if they are not whole.
std::string model_of(const Reply& inquiry) {
    auto text = inquiry.text(8, vendor_and_model);
    return text.find('\0') == std::string::npos ? text : "";
}

/// Fills `found` from one designator if it is of this kind.
bool take_designator(Found& found, const Reply& page, std::size_t place, const auto& kind, bool text,
                     const std::string& model) {
    std::size_t size = page[place + 3];
    if ((page[place + 1] & 0x3f) != kind.type || (page[place] & 15) != (text ? 2 : 1)) return false;
    if (kind.naa != any && page[place + 4] >> 4 != kind.naa) return false;
    bool with_model = kind.type == 0;
    if ((text ? size : 2 * size) + 2 + (with_model ? vendor_and_model : 0) > most_serial) return false;
    if (with_model && model.empty()) return false;
    auto whole = text ? page.text(place + 4, size) : page.digits(place + 4, size);
    if (kind.type == naa) {
        found.wwn = up_to_nul(whole.substr(0, 16));
        if (whole.size() > 16) found.wwn_extension = up_to_nul(whole.substr(16, 16));
    }
    found.serial_short = up_to_nul(std::move(whole));
    found.serial = cat(kind.type, with_model ? model : "", found.serial_short);
    found.what = kind.what;
    return true;
}

/// Places of the page's designators, and what lies behind them while the page says that it goes on.
bool next_place(std::size_t& place, const Reply& page) {
    std::size_t last = page[2] * 256u + page[3] + 3u;
    place = place == 0 ? 4 : place + page[place + 3] + 4u;
    return place <= last && place < page.size();
}

Found from_page_83(const Reply& page, const std::string& model) {
    Found found;
    if (page[1] != 0x83) return found;
    if (page[6] != 0) {  // from before SPC-2: the bytes are the identifier themselves
        found.serial = cat('3', page.digits(4, std::min<std::size_t>(page[3], 126)));
        found.serial_short = found.serial;
        found.what = "VPD 83h, before SPC-2";
        return found;
    }
    for (const auto& kind : kinds) {
        for (bool text : {false, true}) {
            for (std::size_t place = 0; next_place(place, page);) {
                if (take_designator(found, page, place, kind, text, model)) return found;
            }
        }
    }
    return found;
}

bool has_port_group(const Reply& page) {
    if (page[1] != 0x83 || page[6] != 0) return false;
    for (std::size_t place = 0; next_place(place, page);) {
        if ((page[place + 1] & 0x2f) == 5 && (page[place] & 15) == 1 && page[place + 3] <= 127) return true;
    }
    return false;
}

Found from_page_80(const Reply& page, const std::string& model) {
    Found found;
    std::size_t size = page[3];
    if (page[1] != 0x80 || size + 1 + vendor_and_model > most_serial || model.empty()) return found;
    found.serial_short = up_to_nul(page.text(4, size));
    found.serial = cat('S', model, found.serial_short);
    found.what = "VPD 80h";
    return found;
}

/// Since CVE-2026-40225 not with control characters; UTF-8, which no disk has there, is left out too.
std::string unit_serial(const Reply& page) {
    std::size_t size = page[3];
    if (page[1] != 0x80 || size + 1 + vendor_and_model > most_serial) return "";
    auto text = up_to_nul(page.text(4, size));
    bool plain = std::ranges::all_of(text, [](char c) { return c >= ' ' && c < 0x7f; });
    return plain ? text : "";
}

void print_names(std::string& out, const Reply& inquiry) {
    constexpr struct {
        std::string_view name, encoded;
        std::uint8_t place, size;
    } fields[] = {
        {"ID_VENDOR", "ID_VENDOR_ENC", 8, 8}, {"ID_MODEL", "ID_MODEL_ENC", 16, 16}, {"ID_REVISION", "", 32, 4}};
    for (const auto& one : fields) {
        auto text = up_to_nul(inquiry.text(one.place, one.size));
        print_property(out, one.name, "", safe_name(text));
        if (!text.empty() && !one.encoded.empty()) print_property(out, one.encoded, "", some_value);
    }
}

std::string_view add_scsi_id(UdevProperties& properties, const Pages& pages) {
    Reply inquiry(pages.inquiry);
    Reply page_83(pages.vpd83);
    Reply page_80(pages.vpd80);
    std::string out = "ID_SCSI=1\nID_BUS=scsi\nID_TYPE=?\n";
    print_names(out, inquiry);
    auto model = model_of(inquiry);
    auto found = from_page_83(page_83, model);
    if (found.serial.empty()) found = from_page_80(page_80, model);
    print_property(out, "ID_SERIAL", "", safe_name(found.serial));
    print_property(out, "ID_SERIAL_SHORT", "", safe_name(found.serial_short));
    if (!found.wwn.empty()) {
        print_property(out, "ID_WWN", "", cat("0x", found.wwn));
        print_property(out, "ID_WWN", "_WITH_EXTENSION", cat("0x", found.wwn, found.wwn_extension));
        if (!found.wwn_extension.empty()) print_property(out, "ID_WWN", "_VENDOR_EXTENSION", some_value);
    }
    if (has_port_group(page_83)) print_property(out, "ID_TARGET_PORT", "", some_value);
    if (page_83.size() > 0) print_property(out, "ID_SCSI_SERIAL", "", unit_serial(page_80));
    import_properties(properties, out);
    return found.what;
}

/// SAT's designator of a disk's own model and serial number: vendor, model, serial number, filled up with blanks.
std::string_view add_ata_id(UdevProperties& properties, const Pages& pages) {
    constexpr std::size_t size = 8 + 40 + 20;
    Reply inquiry(pages.inquiry);
    Reply page(pages.vpd83);
    for (std::size_t place = 0; next_place(place, page);) {
        if ((page[place + 1] & 0x3f) != 1 || page[place + 3] != size || page.text(place + 4, 4) != "ATA ") continue;
        auto model = safe_name(up_to_nul(page.text(place + 12, 40)));
        auto serial = safe_name(up_to_nul(page.text(place + 52, 20)));
        std::string out = "ID_TYPE=disk\nID_BUS=ata\nID_ATA=1\nID_MODEL_ENC=?\n";
        print_property(out, "ID_MODEL", "", model);
        print_property(out, "ID_SERIAL", "", cat(model, serial.empty() ? "" : "_", serial));
        print_property(out, "ID_SERIAL_SHORT", "", serial);
        auto found = from_page_83(page, "");
        if (found.wwn.size() == 16 && found.wwn.starts_with('5')) {
            print_property(out, "ID_WWN", "", cat("0x", found.wwn));
            print_property(out, "ID_WWN", "_WITH_EXTENSION", cat("0x", found.wwn));
        }
        import_properties(properties, out);
        return "VPD 83h, ATA";
    }
    return "";
}

}  // namespace

std::string_view add_scsi_id_properties(UdevProperties& properties, const Pages& pages) {
    if (pages.inquiry.empty()) return "";
    bool ata = Reply(pages.inquiry).text(8, 8) == "ATA     ";
    return ata ? add_ata_id(properties, pages) : add_scsi_id(properties, pages);
}

}  // namespace rdm
