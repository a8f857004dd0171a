// SPDX-License-Identifier: GPL-2.0-or-later
// Expectations: decisions.md 5.1 (libmultipath/wwids.c, should_multipath()), handoff.md 5.
#include "map/accept.h"

#include <gtest/gtest.h>

#include "base/text.h"
#include "map/test_rules.h"

namespace rdm {
namespace {

using enum Keyword;

std::string spelled(const Acceptance& verdict) { return cat(verdict.yes ? "yes: " : "no: ", verdict.why); }

TEST(MapAccept, EveryMode) {
    constexpr std::string_view remedy =
        "; multipath -a /dev/sda, then rebuild the image; for one boot: rd.mpath.wwid=a";
    struct {
        std::string_view mode;
        std::size_t paths;
        bool present, listed;
        std::string want;
    } rows[] = {
        {"", 2, false, false,
         cat("no: find_multipaths strict: default, and the WWID is not in /etc/multipath/wwids", remedy)},
        {"strict", 2, false, false,
         cat("no: find_multipaths strict: /etc/multipath.conf:11, and the WWID is not in /etc/multipath/wwids",
             remedy)},
        {"strict", 1, false, true, "yes: in /etc/multipath/wwids"},
        {"strict", 1, true, false,
         "yes: the map is there, but multipathd will not have it: find_multipaths strict: /etc/multipath.conf:11, and "
         "the WWID is not in /etc/multipath/wwids"},
        {"on", 1, false, false,
         cat("no: find_multipaths on: /etc/multipath.conf:11, one path only and the WWID is not in "
             "/etc/multipath/wwids",
             remedy)},
        {"on", 2, false, false, "yes: 2 paths, find_multipaths on: /etc/multipath.conf:11"},
        {"on", 1, true, false, "yes: find_multipaths on: /etc/multipath.conf:11, and the map is there"},
        {"on", 1, false, true, "yes: in /etc/multipath/wwids"},
        {"smart", 1, false, true, "yes: in /etc/multipath/wwids"},
        {"smart", 2, false, false, "yes: 2 paths, find_multipaths smart: /etc/multipath.conf:11"},
        {"off", 1, false, false, "yes: find_multipaths off: /etc/multipath.conf:11"},
        {"greedy", 1, false, false, "yes: find_multipaths greedy: /etc/multipath.conf:11"},
    };
    for (const auto& row : rows) {
        auto rules = row.mode.empty() ? test_rules({}) : test_rules({{find_multipaths, row.mode}});
        if (row.listed) rules.wwids.insert("a");
        EXPECT_EQ(spelled(accept(rules, {.wwid = "a", .device = "sda", .paths = row.paths, .present = row.present})),
                  row.want);
    }
}

TEST(MapAccept, NobodyHasConfiguredAnything) {
    Rules rules;
    EXPECT_EQ(spelled(accept(rules, {.wwid = "a", .paths = 2})),
              "yes: 2 paths, and no multipath.conf or wwids file says otherwise");
    EXPECT_EQ(spelled(accept(rules, {.wwid = "a", .paths = 1})), "no: one path only; name it with rd.mpath.wwid=a");
    rules.named = {"b"};
    EXPECT_EQ(spelled(accept(rules, {.wwid = "a", .paths = 2})), "no: not named");
    EXPECT_EQ(spelled(accept(rules, {.wwid = "a", .paths = 2, .present = true})), "yes: the map is there");
    EXPECT_EQ(spelled(accept(rules, {.wwid = "b", .paths = 1})), "yes: named");
    rules.wwids = {"c"};  // somebody has: the union counts
    EXPECT_EQ(spelled(accept(rules, {.wwid = "c", .paths = 1})), "yes: in /etc/multipath/wwids");
    EXPECT_FALSE(accept(rules, {.wwid = "a", .paths = 2}).yes);
}

TEST(MapAccept, BlacklistAndNames) {
    auto rules = test_rules({{find_multipaths, "greedy"}});
    rules.config.blacklist.wwid = {{"^3600", {.kind = Source::Kind::file, .line = 4}}};
    EXPECT_EQ(spelled(accept(rules, {.wwid = "36001", .paths = 2})),
              "no: wwid \"^3600\" in blacklist: /etc/multipath.conf:4");
    rules.named = {"36001", "b"};
    EXPECT_EQ(spelled(accept(rules, {.wwid = "36001", .paths = 2})),
              "yes: named, but multipathd will not have it: wwid \"^3600\" in blacklist: /etc/multipath.conf:4");
    EXPECT_EQ(spelled(accept(rules, {.wwid = "b", .paths = 1})),
              "yes: named, find_multipaths greedy: /etc/multipath.conf:11");
    EXPECT_TRUE(accept(rules, {.wwid = "c", .paths = 1}).yes);
}

// handoff.md 5, the wwids trap: whoever reads it can mend it.
TEST(MapAccept, SaysWhatMultipathdWillNotHave) {
    auto rules = test_rules({{find_multipaths, "strict"}});
    rules.named = {"a"};
    const Applicant one{.wwid = "a", .device = "sda", .paths = 2};
    EXPECT_EQ(accept(rules, one).unwanted,
              "find_multipaths strict: /etc/multipath.conf:11, and the WWID is not in /etc/multipath/wwids; "
              "multipath -a /dev/sda, then rebuild the image");
    rules.wwids.insert("a");
    EXPECT_EQ(accept(rules, one).unwanted, "");
    rules.config.blacklist.wwid = {{"^a", {.kind = Source::Kind::file, .line = 4}}};
    EXPECT_EQ(accept(rules, one).unwanted, "wwid \"^a\" in blacklist: /etc/multipath.conf:4");
    rules.named.clear();
    EXPECT_EQ(accept(rules, one).unwanted, "") << "no map, no trouble";
}

TEST(MapAccept, MultipathdIsStrictWhereNobodyHasConfiguredIt) {
    Rules rules;
    rules.record = "multipath-tools 0.9.4\n";
    auto verdict = accept(rules, {.wwid = "a", .device = "sda", .paths = 2});
    EXPECT_EQ(spelled(verdict),
              "yes: 2 paths, and no multipath.conf or wwids file says otherwise, but multipathd will not have it: "
              "find_multipaths strict: default, and the WWID is not in /etc/multipath/wwids");
    EXPECT_TRUE(verdict.unwanted.ends_with("; multipath -a /dev/sda, then rebuild the image")) << verdict.unwanted;
    EXPECT_FALSE(accept(rules, {.wwid = "a", .paths = 1}).yes);
}

TEST(MapAccept, TheRecordAndItsScope) {
    Rules rules;
    rules.record = "\n\nmap b\n";
    rules.named = {"b", "c"};
    rules.root_only = true;
    EXPECT_EQ(spelled(accept(rules, {.wwid = "b", .paths = 1})), "yes: named");
    EXPECT_EQ(spelled(accept(rules, {.wwid = "c", .paths = 1})), "yes: named");
    const std::string left = "no: left to the main system (rd.mpath.scope=root); for one boot: rd.mpath.wwid=a";
    EXPECT_EQ(spelled(accept(rules, {.wwid = "a", .paths = 2})), left);
    rules.config.has_main_file = true;
    rules.wwids = {"a"};
    EXPECT_EQ(spelled(accept(rules, {.wwid = "a", .paths = 2})), left);
    rules.root_only = false;
    EXPECT_TRUE(accept(rules, {.wwid = "a", .paths = 2}).yes);
    rules.config.has_main_file = false;
    rules.wwids.clear();
    EXPECT_EQ(spelled(accept(rules, {.wwid = "a", .paths = 2})), "no: not named");
    rules.all = true;
    EXPECT_TRUE(accept(rules, {.wwid = "a", .paths = 2}).yes);
}

TEST(MapAccept, WwidsFileOfTheOldGeneration) {
    auto rules = test_rules({{wwids_file, "/etc/multipath/old"}}, Generation::v0_9);
    rules.wwids.insert("a");
    EXPECT_EQ(spelled(accept(rules, {.wwid = "a", .paths = 1})), "yes: in /etc/multipath/old");
    rules.config.generation = Generation::v0_11;
    EXPECT_EQ(spelled(accept(rules, {.wwid = "a", .paths = 1})), "yes: in /etc/multipath/wwids");
}

}  // namespace
}  // namespace rdm
