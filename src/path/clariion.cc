// SPDX-License-Identifier: GPL-2.0-or-later
#include "path/clariion.h"

namespace rdm {

namespace {
/// What both the checker and the prioritizer stumble over; "" for nothing.
std::string trouble(const ScsiAnswer& answer) {
    Bytes page = answer.data;
    if (!answer.good()) return text(answer);
    if (byte_at(page, 1) != 0xc0 || byte_at(page, 9) != 0) return "unknown format";
    unsigned failover = byte_at(page, 28) & 7;
    if (byte_at(page, 27) != 3 || (failover != 4 && failover != 6) || (byte_at(page, 30) & 4) == 0)
        return "not configured for failover";
    return byte_at(page, 48) != 0 ? "not in normal operation" : "";
}
}  // namespace

Checked checked_by_clariion(const ScsiAnswer& answer) {
    auto why = trouble(answer);
    if (why.empty() && byte_at(answer.data, 4) == 0) why = "unbound unit";
    if (!why.empty()) return {PathState::down, cat("VPD c0h: ", why)};
    return {PathState::up, is_clariion_active(answer) ? "VPD c0h: active" : "VPD c0h: passive"};
}

bool is_clariion_active(const ScsiAnswer& answer) { return answer.good() && byte_at(answer.data, 4) == 2; }

Prioritized prioritized_by_clariion(const ScsiAnswer& answer) {
    if (auto why = trouble(answer); !why.empty()) return {-1, cat("VPD c0h: ", why)};
    bool by_default = byte_at(answer.data, 5) == byte_at(answer.data, 8);
    return {static_cast<int>(byte_at(answer.data, 4)) + (by_default ? 2 : 0), "VPD c0h"};
}

}  // namespace rdm
