// SPDX-License-Identifier: GPL-2.0-or-later
#include "path/alua.h"

#include <algorithm>

namespace rdm {

namespace {
Access access_from_code(unsigned code) {
    switch (code) {
        case 0:
            return Access::optimized;
        case 1:
            return Access::non_optimized;
        case 2:
            return Access::standby;
        case 3:
            return Access::unavailable;
        case 4:
            return Access::lba_dependent;
        case 14:
            return Access::offline;
        case 15:
            return Access::transitioning;
        default:
            return Access::unknown;
    }
}

/// The descriptors' bytes, and whether the reply has fewer than its length says.
struct Groups {
    Bytes rest;
    bool cut = false;
};

Result<Groups> groups_of(Bytes reply) {
    if (reply.size() < 4) return fail(EPROTO, "RTPG: cut short");
    std::size_t length = be32(reply);
    auto rest = reply.subspan(4);
    Groups groups{rest.first(std::min(rest.size(), length)), rest.size() < length};
    bool extended = !groups.rest.empty() && (groups.rest[0] & 0x70) == 0x10;
    if (extended) groups.rest = groups.rest.subspan(std::min<std::size_t>(4, groups.rest.size()));
    return groups;
}
}  // namespace

Result<PortGroupAccess> access_from_rtpg(Bytes reply, std::uint16_t group) {
    auto groups = TRY(groups_of(reply));
    while (groups.rest.size() >= 8) {
        if (be16(groups.rest.subspan(2)) == group) {
            return PortGroupAccess{access_from_code(groups.rest[0] & 15), (groups.rest[0] & 0x80) != 0};
        }
        std::size_t length = 8 + std::size_t{groups.rest[7]} * 4;
        if (length > groups.rest.size()) groups.cut = true;
        groups.rest = groups.rest.subspan(std::min(length, groups.rest.size()));
    }
    if (groups.cut || !groups.rest.empty()) return fail(EPROTO, "RTPG: cut short");
    return fail(ENOENT, "RTPG: port group ", group, " is not in the reply");
}

Access access_from_sysfs(std::string_view text) {
    if (text == "active/optimized") return Access::optimized;
    if (text == "active/non-optimized") return Access::non_optimized;
    for (auto access :
         {Access::lba_dependent, Access::standby, Access::unavailable, Access::offline, Access::transitioning}) {
        if (text == rdm::text(access)) return access;
    }
    return Access::unknown;
}

std::size_t rtpg_length(Bytes reply) { return reply.size() < 4 ? 0 : std::size_t{be32(reply)} + 4; }

int alua_priority(PortGroupAccess group, bool exclusive) {
    int extra = group.preferred ? 80 : 0;
    switch (group.access) {
        case Access::optimized:
            return 50 + (exclusive ? extra : 0);
        case Access::non_optimized:
            return 10 + extra;
        case Access::lba_dependent:
            return 5 + extra;
        case Access::standby:
            return 1 + extra;
        case Access::unknown:
        case Access::unavailable:
        case Access::offline:
        case Access::transitioning:
            break;
    }
    return extra;
}

}  // namespace rdm
