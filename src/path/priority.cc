// SPDX-License-Identifier: GPL-2.0-or-later
#include "path/priority.h"

#include <algorithm>

#include "path/alua.h"
#include "path/ana.h"
#include "path/clariion.h"
#include "path/probe.h"
#include "path/rdac.h"

namespace rdm {

namespace {

bool has_word(std::string_view text, std::string_view word) {
    auto all = words(text);
    return std::ranges::find(all, word) != all.end();
}

Prioritized by_access(const Probe& probe) {
    const auto& path = probe.path;
    bool by_sysfs = path.prioritizer == Prioritizer::sysfs;
    if (by_sysfs && !probe.shown) return {-1, "no access_state in sysfs"};
    if (!by_sysfs && !probe.access_trouble.empty()) return {-1, probe.access_trouble};
    if (!by_sysfs && !probe.reported) return {-1, "no answer to RTPG yet"};
    bool exclusive = has_word(probe.prio_args, "exclusive_pref_bit");
    bool shown = by_sysfs && (probe.shown_is_fresh || !probe.reported);
    return {alua_priority({path.access, path.preferred}, exclusive), shown ? "sysfs access_state" : "RTPG"};
}

Prioritized by_hp(const ScsiAnswer& answer) {
    bool standby = !answer.failure && answer.sense == Sense{2, 0x04, 0x02};
    return {answer.good() ? 4 : standby ? 2 : 0, cat("TUR: ", text(answer))};
}

bool says(Bytes reply, std::size_t at, std::string_view what) {
    return reply.size() >= at + what.size() &&
           std::string_view(reinterpret_cast<const char*>(reply.data()) + at, what.size()) == what;
}

Prioritized by_adapter(const ScsiAnswer& answer) {
    Bytes reply = answer.data;
    if (!answer.good()) return {0, cat("NetApp page 41h: ", text(answer))};
    if (!says(reply, 4, "\x0a\x98\x0a\x01")) return {0, "NetApp page 41h: unknown format"};
    bool sound = be32(reply) > 8 && byte_at(reply, 8) == 0x41;
    if (sound && (says(reply, 12, "ism_sw") || says(reply, 12, "iswt")))
        return {2, "NetApp page 41h: iSCSI by software"};
    if (sound && says(reply, 12, "ism_sn")) return {3, "NetApp page 41h: iSCSI by an adapter"};
    return {4, "NetApp page 41h"};
}

}  // namespace

Prioritized prioritized_by(Prioritizer prio, const ScsiAnswer& answer) {
    if (prio == Prioritizer::rdac) return prioritized_by_rdac(answer);
    if (prio == Prioritizer::emc) return prioritized_by_clariion(answer);
    if (prio == Prioritizer::ana) return prioritized_by_ana(answer);
    return prio == Prioritizer::hp_sw ? by_hp(answer) : by_adapter(answer);
}

Prioritized prioritized_by_proxy(const ScsiAnswer& answer) {
    Bytes page = answer.data;
    bool sound =
        answer.good() && byte_at(page, 1) == 0xc1 && says(page, 8, std::string_view("\x0a\x98\x0a\0\xc1\0", 6));
    bool proxy = sound && (byte_at(page, 19) & 2) != 0;
    return {proxy ? 1 : 4, proxy ? "VPD c1h: proxy" : sound ? "VPD c1h: no proxy" : "VPD c1h tells no proxy"};
}

Prioritized prioritized(const Probe& probe) {
    switch (auto prio = probe.path.prioritizer) {
        case Prioritizer::none:
            return {-1, probe.path.prioritizer_from};
        case Prioritizer::constant:
            return {1, "const"};
        case Prioritizer::random:
        case Prioritizer::path_latency:
            return {1, cat("const in place of ", text(prio), ", which nobody can foretell")};
        case Prioritizer::alua:
        case Prioritizer::sysfs:
            return by_access(probe);
        default:
            return probe.told ? *probe.told : Prioritized{-1, "no answer yet"};
    }
}

}  // namespace rdm
