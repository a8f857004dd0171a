// SPDX-License-Identifier: GPL-2.0-or-later
#include "map/apply.h"

#include <gtest/gtest.h>

#include "kernel/fake_dm.h"
#include "map/concise.h"

namespace rdm {
namespace {

DmAction act(DmAction::Kind kind, std::string name, std::string message = {}) {
    DmAction action;
    action.kind = kind;
    action.name = std::move(name);
    action.message = std::move(message);
    return action;
}

TEST(MapApply, OneLinePerAction) {
    FakeSysfs sysfs;
    FakeDm dm(sysfs);
    std::vector<DmAction> actions{act(DmAction::Kind::remove, "a\nb"),
                                  act(DmAction::Kind::message, "c", "fail_path 8:0")};
    auto applied = apply(actions, dm, Milliseconds(1));
    ASSERT_EQ(applied.lines.size(), 2u);
    EXPECT_TRUE(applied.lines[0].starts_with("remove a\\x0ab: ")) << applied.lines[0];
    EXPECT_TRUE(applied.lines[1].starts_with("message c fail_path 8:0: ")) << applied.lines[1];
    EXPECT_FALSE(applied.outcome.results[0]);
    EXPECT_EQ(describe(act(DmAction::Kind::create, "x")), "create x");
    EXPECT_EQ(describe(act(DmAction::Kind::reload, "x")), "reload x");
}

std::string spelled(const Result<DeviceMapper::Outcome>& outcome) {
    if (!outcome) return outcome.error().what();
    std::string text = outcome->udev_late ? "late" : "on time";
    for (const auto& result : outcome->results)
        text += result ? "; done" : cat("; ", result.error().code(), ' ', escape(result.error().what()));
    return text;
}

DeviceMapper::Outcome outcome_of(std::vector<Result<void>> results, bool late) { return {std::move(results), late}; }

TEST(MapApply, OutcomeAsTextAndBack) {
    DeviceMapper::Outcome rows[] = {
        outcome_of({}, false),
        outcome_of({Result<void>{}, Result<void>{}}, true),
        outcome_of({Result<void>{}, fail(EBUSY, "a: in use"), Result<void>{}}, false),
        outcome_of({fail(EIO, "done\nerror 1 1\n"), fail(0, "")}, true),
        outcome_of({fail(-5, std::string_view("nul\0byte", 8))}, false),
    };
    for (const auto& row : rows) {
        auto text = encode(row);
        EXPECT_EQ(spelled(decode_outcome(text)), spelled(row));
        for (std::size_t n = 0; n < text.size(); ++n)
            EXPECT_FALSE(decode_outcome(text.substr(0, n))) << escape(text) << n;
    }
}

TEST(MapApply, OddOutcomes) {
    struct {
        std::string_view text, want;
    } rows[] = {
        {"", "no number of results"},
        {"x\n", "no number of results"},
        {"1\n", "nothing said of udev"},
        {"1\nudev late\n", "0 of 1 results"},
        {"1\nudev late\nwhat\n", "result 1: neither done nor an error"},
        {"1\nudev late\ndone\ndone\n", "more than 1 results"},
        {"1\nudev late\nerror x 1\n", "result 1: an error without its numbers"},
        {"1\nudev late\nerror 5 99999999999999999999\n", "result 1: an error without its numbers"},
        {"1\nudev late\nerror 5 18446744073709551615\nabc\n", "result 1: cut short"},
        {"1\nudev late\nerror 5 1\nabc\n", "result 1: an error longer than it says"},
        {"99999999999\nudev on time\n", "0 of 99999999999 results"},
    };
    for (const auto& row : rows) EXPECT_EQ(spelled(decode_outcome(row.text)), row.want) << escape(row.text);
}

// The examples of dmsetup(8), CONCISE FORMAT and EXAMPLES, with the flags and devices written out.
TEST(MapConcise, AsTheManualHasIt) {
    auto device = [](std::string name, std::vector<DmTarget> table, bool read_only = false) {
        DmAction action = act(DmAction::Kind::create, std::move(name));
        action.table = std::move(table);
        action.read_only = read_only;
        return action;
    };
    std::vector<DmAction> small{
        device("test-linear-small",
               {{0, 2097152, "linear", "/dev/loop0 0"}, {2097152, 2097152, "linear", "/dev/loop1 0"}}, true)};
    EXPECT_EQ(concise(small),
              "test-linear-small,,,ro,0 2097152 linear /dev/loop0 0,2097152 2097152 linear /dev/loop1 0");
    std::vector<DmAction> two{device("test-linear-small", {{0, 2097152, "linear", "/dev/loop0 0"}}),
                              act(DmAction::Kind::message, "test-linear-small", "x"),
                              device("a,b;c\\d", {{0, 8, "linear", "8:0 0"}})};
    two[2].uuid = "mpath-,";
    EXPECT_EQ(concise(two),
              "test-linear-small,,,rw,0 2097152 linear /dev/loop0 0;a\\,b\\;c\\\\d,mpath-\\,,,rw,0 8 linear 8:0 0");
    EXPECT_EQ(concise({}), "");
}

}  // namespace
}  // namespace rdm
