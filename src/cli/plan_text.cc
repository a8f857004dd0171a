// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/plan_text.h"

namespace rdm {

namespace {

std::string action_note(const DmAction& action) {
    switch (action.kind) {
        case DmAction::Kind::create:
        case DmAction::Kind::reload:
            return {};  // on standard output
        case DmAction::Kind::message:
            return cat(escape(action.name), ": message ", escape(action.message), '\n');
        case DmAction::Kind::remove:
            return cat(escape(action.name), ": remove\n");
    }
    return {};
}

}  // namespace

std::string plan_notes(const Plan& plan) {
    std::string out;
    for (auto& one : plan.why) out += cat(escape(one.subject), ": ", one.text, '\n');
    for (auto& action : plan.actions) out += action_note(action);
    for (auto& one : plan.refused) out += cat(escape(one.subject), ": refused: ", one.reason, '\n');
    return out;
}

}  // namespace rdm
