// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/plan_text.h"

namespace rdm {

namespace {

std::string action_note(const DmAction& action) {
    switch (action.kind) {
        case DmAction::Kind::create:
            return {};  // on standard output
        case DmAction::Kind::reload: {
            const DmTarget& line = action.table.front();  // neither maps nor partitions have more
            return cat(safe(action.name), ": reload: ", line.start, ' ', line.sectors, ' ', line.type, ' ', line.params,
                       '\n');
        }
        case DmAction::Kind::message:
            return cat(safe(action.name), ": message ", safe(action.message), '\n');
        case DmAction::Kind::remove:
            return cat(safe(action.name), ": remove\n");
    }
    return {};
}

}  // namespace

std::string plan_notes(const Plan& plan) {
    std::string out;
    for (auto& one : plan.why) out += cat(safe(one.subject), ": ", one.reason, '\n');
    for (auto& action : plan.actions) out += action_note(action);
    for (auto& one : plan.refused) out += cat(safe(one.subject), ": refused: ", one.reason, '\n');
    return out;
}

}  // namespace rdm
