// SPDX-License-Identifier: GPL-2.0-or-later
#include "path/ana.h"

namespace rdm {

namespace {

/// The state byte of the group; nullopt: it is not there.
std::optional<unsigned> state_of(Bytes log, std::uint32_t group) {
    if (log.size() < 16) return std::nullopt;
    unsigned groups = le16(log.subspan(8));
    auto rest = log.subspan(16);
    for (; groups > 0 && rest.size() >= 32; --groups) {
        if (le32(rest) == group) return rest[16] & 15U;
        std::size_t length = 32 + std::size_t{le32(rest.subspan(4))} * 4;
        rest = rest.subspan(std::min(rest.size(), length));
    }
    return std::nullopt;
}

Prioritized by_state(unsigned state) {
    switch (state) {
        case 1:
            return {50, "ANA: optimized"};
        case 2:
            return {10, "ANA: non-optimized"};
        case 3:
        case 15:
            return {1, state == 3 ? "ANA: inaccessible" : "ANA: change"};
        case 4:
            return {0, "ANA: persistent loss"};
        default:
            return {-1, cat("ANA: state ", state)};
    }
}

}  // namespace

bool has_ana(const ScsiAnswer& answer) { return !answer.good() || (byte_at(answer.data, 0) & 8) != 0; }

Prioritized prioritized_by_ana(const ScsiAnswer& answer) {
    Bytes reply = answer.data;
    if (!answer.good()) return {-1, cat("ANA: ", text(answer))};
    if (!has_ana(answer)) return {-1, "ANA: the controller has none"};
    auto group = reply.size() < 5 ? 0 : le32(reply.subspan(1));
    auto state = group == 0 ? std::nullopt : state_of(reply.subspan(5), group);
    return state ? by_state(*state) : Prioritized{-1, "ANA: the namespace's group is not in the log page"};
}

}  // namespace rdm
