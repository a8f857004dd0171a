// SPDX-License-Identifier: GPL-2.0-or-later
#include "map/accept.h"

#include <algorithm>

#include "base/text.h"
#include "config/blacklist.h"
#include "config/lookup.h"
#include "map/map.h"

namespace rdm {

namespace {

std::string naming(const Applicant& one) { return cat("rd.mpath.wwid=", safe(one.wwid)); }

Acceptance unconfigured(const Rules& rules, const Applicant& one) {
    if (names_decide(rules)) return {false, "not named"};
    if (one.paths < 2) return {false, cat("one path only; name it with ", naming(one))};
    return {true, cat(one.paths, " paths, and no multipath.conf or wwids file says otherwise")};
}

/// As should_multipath() has it; but in strict mode it counts a present map for nothing, and we go on looking after it.
Acceptance configured(const Rules& rules, const Applicant& one) {
    auto black = judge_wwid(rules.config, std::string(one.wwid));
    if (black.blacklisted()) return {false, black.why};
    auto mode = choose(rules.config, Keyword::find_multipaths, {});
    auto said = text(rules.config, Keyword::find_multipaths, mode);
    const bool strict = mode.value == "strict";
    if (mode.value == "off" || mode.value == "no" || mode.value == "greedy") return {true, said};
    if (!strict && one.present) return {true, cat(said, ", and the map is there")};
    if (!strict && one.paths >= 2) return {true, cat(one.paths, " paths, ", said)};
    auto file = wwids_file(rules.config);
    if (rules.wwids.contains(one.wwid)) return {true, cat("in ", safe(file))};
    return {false,
            cat(said, ", ", strict ? "" : "one path only ", "and the WWID is not in ", safe(file),
                "; multipath -a /dev/", safe(one.device), ", then rebuild the image; for one boot: ", naming(one))};
}

}  // namespace

Acceptance accept(const Rules& rules, const Applicant& one) {
    const bool named = is_named(rules, one.wwid);
    if (rules.root_only && !named && !one.present)
        return {false, cat("left to the main system (rd.mpath.scope=root); for one boot: ", naming(one))};
    const bool anybody = is_configured(rules);
    auto verdict = anybody ? configured(rules, one) : unconfigured(rules, one);
    if (!named && !one.present && (anybody || !verdict.yes)) return verdict;
    const std::string why(named ? "named" : one.present ? "the map is there" : verdict.why);
    // Where the main system has no multipathd, there is nobody who would not have it.
    const bool judged = anybody || !recorded(rules.record, "multipath-tools").empty();
    if (judged && !anybody) verdict = configured(rules, one);
    if (verdict.yes) return {true, named ? cat(why, ", ", verdict.why) : verdict.why};
    if (!judged) return {true, why};
    auto reason = verdict.why.substr(0, verdict.why.find(';'));
    // For one boot, naming it has done already.
    return {true, cat(why, but_unwanted, reason), verdict.why.substr(0, verdict.why.rfind("; for one boot"))};
}

std::string unwanted_line(const Map& map) {
    return cat(safe(map.name), ": the main system's multipathd will not have this map: ", map.unwanted);
}

}  // namespace rdm
