// SPDX-License-Identifier: GPL-2.0-or-later
#include "path/priority.h"

#include "path/alua.h"
#include "path/vendor_wwid.h"

namespace rdm {

namespace {
Prioritized by_hp(const Probe& probe) {
    if (!probe.checked) return {-1, "no answer to TUR yet"};
    if (probe.hp_standby) return {2, "hp_sw"};
    return {probe.checked->state == PathState::up ? 4 : 0, "hp_sw"};
}
}  // namespace

Prioritized prioritized(const Probe& probe) {
    const auto& path = probe.path;
    if (path.bus == Bus::nvme) return {1, "const"};
    if (path.tpgs == Tpgs::none) {
        const auto* way = vendor_way(path.vendor, path.product);
        bool hp = way != nullptr && way->standby == StandbySense::alua_and_hp;
        return hp ? by_hp(probe) : Prioritized{1, "const"};
    }
    if (!probe.access_trouble.empty()) return {-1, probe.access_trouble};
    int value = alua_priority({path.access, path.preferred});
    switch (probe.access_from) {
        case Probe::AccessFrom::nobody:
            break;
        case Probe::AccessFrom::sysfs:
            return {value, "sysfs access_state"};
        case Probe::AccessFrom::port_groups:
            return {value, "RTPG"};
    }
    return {-1, "no answer to RTPG yet"};
}

Prioritizer prioritizer(const Probe& probe) {
    if (probe.path.bus == Bus::nvme || probe.path.tpgs == Tpgs::none) return Prioritizer::constant;
    return probe.access_from == Probe::AccessFrom::sysfs ? Prioritizer::sysfs : Prioritizer::alua;
}

}  // namespace rdm
