// SPDX-License-Identifier: GPL-2.0-or-later
// Expectations: written by hand from the header.
#include "cli/plan_text.h"

#include <gtest/gtest.h>

namespace rdm {
namespace {

DmAction action(DmAction::Kind kind, std::string name, std::string message) {
    DmAction one;
    one.kind = kind;
    one.name = std::move(name);
    one.message = std::move(message);
    return one;
}

TEST(PlanText, Notes) {
    using Kind = DmAction::Kind;
    EXPECT_EQ(plan_notes({}), "");
    Plan plan{.actions = {action(Kind::create, "3600a", ""), action(Kind::reload, "3600b", ""),
                          action(Kind::message, "3600b", "fail_path 8:16"), action(Kind::remove, "3600c\n", "")},
              .why = {{"3600a", "new"}, {"3600b", "sdc joined"}},
              .refused = {{"3600d", "the name is taken"}}};
    plan.actions[1].table = {{0, 2048, "multipath", "0 0 1 1 service-time 0 1 1 8:0 1"}};
    EXPECT_EQ(plan_notes(plan),
              "3600a: new\n"
              "3600b: sdc joined\n"
              "3600b: reload: 0 2048 multipath 0 0 1 1 service-time 0 1 1 8:0 1\n"
              "3600b: message fail_path 8:16\n"
              "3600c\\x0a: remove\n"
              "3600d: refused: the name is taken\n");
}

}  // namespace
}  // namespace rdm
