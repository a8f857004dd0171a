// SPDX-License-Identifier: GPL-2.0-or-later
#include "path/rdac.h"

namespace rdm {

namespace {
std::uint32_t be32_at(Bytes page, std::size_t place) { return page.size() < place + 4 ? 0 : be32(page.subspan(place)); }

bool owns(Bytes page) { return (byte_at(page, 8) & 0x01) != 0; }
bool has_ioship(Bytes page) { return (byte_at(page, 8) & 0x20) != 0; }

/// Why the path is down, "" if it is not.
std::string_view trouble(Bytes page) {
    if (byte_at(page, 0) != 0 && byte_at(page, 0) != 0x80) return "volume not connected";
    bool has_port_groups = (byte_at(page, 8) & 0x10) != 0;
    unsigned own = has_port_groups ? byte_at(page, 10) & 15 : 0;
    if (own == 3) return "controller unavailable";
    // Both of them are while a MODE SELECT moves the volume; one alone is starting.
    return own == 15 && (byte_at(page, 12) & 15) != 15 ? "controller is starting" : "";
}
}  // namespace

bool is_rdac_page(Bytes page) { return be32_at(page, 4) == 0x76616331; }

Checked checked_by_rdac(const ScsiAnswer& answer) {
    if (!answer.good()) return {PathState::down, cat("VPD c9h: ", text(answer))};
    if (auto why = trouble(answer.data); !why.empty()) return {PathState::down, cat("VPD c9h: ", why)};
    if (owns(answer.data)) return {PathState::up, "VPD c9h: owner"};
    if (has_ioship(answer.data)) return {PathState::up, "VPD c9h: ioship"};
    return {PathState::ghost, "VPD c9h: not the owner"};
}

Prioritized prioritized_by_rdac(const ScsiAnswer& answer) {
    Bytes page = answer.data;
    if (!answer.good()) return {0, cat("VPD c9h: ", text(answer))};
    bool sound = byte_at(page, 1) == 0xc9 && byte_at(page, 3) == 0x2c && be32_at(page, 4) >> 8 == 0x766163;
    if (!sound) return {0, "VPD c9h: another page"};
    unsigned preference = byte_at(page, 9) & 15;
    int value = owns(page) ? 2 : 0;
    if (preference == 1) value += 4;
    if (preference == 2) value += 1;
    if (has_ioship(page)) value += 8;
    return {value, "VPD c9h"};
}

}  // namespace rdm
