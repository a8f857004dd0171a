// SPDX-License-Identifier: GPL-2.0-or-later
// Expectations: decisions.md 10; the action table of libmultipath/alias.c (0.14.3) and tests/alias.c, gufa_*.
#include "map/alias.h"

#include <gtest/gtest.h>

#include "map/test_paths.h"
#include "map/test_rules.h"

namespace rdm {
namespace {

using enum Keyword;

/// Maps of these WWIDs, in the order of their paths.
std::vector<Map> maps_of(std::initializer_list<std::string> wwids) {
    std::vector<Map> maps;
    for (const auto& wwid : wwids) {
        auto& map = maps.emplace_back();
        map.wwid = wwid;
        map.paths = {test_path(static_cast<unsigned>(maps.size()), wwid)};
    }
    return maps;
}

DmMap named(std::string wwid, std::string name) {
    auto map = test_map(std::move(wwid), "0 0 1 1 service-time 0 1 2 8:0 1 1");
    map.name = std::move(name);
    return map;
}

/// "a=mpatha b=mpathb"
std::string names(const Rules& rules, std::vector<Map> maps, std::vector<DmMap> present = {}) {
    name_maps(maps, rules, held_maps(present));
    std::string text;
    for (const auto& map : maps) text += cat(text.empty() ? "" : " ", map.wwid, '=', map.name);
    return text;
}

std::string why(const Rules& rules, std::vector<Map> maps, std::vector<DmMap> present = {}) {
    name_maps(maps, rules, held_maps(present));
    return maps[0].reasons[0].why;
}

Rules friendly(std::vector<Binding> lines, Generation generation = Generation::v0_14) {
    auto rules = test_rules({{user_friendly_names, "yes"}}, generation);
    rules.bindings.lines = std::move(lines);
    return rules;
}

TEST(MapAlias, FriendlyNames) {
    struct {
        std::string_view name;
        std::vector<Binding> lines;
        std::vector<DmMap> present;
        std::string_view want;
    } rows[] = {
        {"none bound", {}, {}, "a=mpatha b=mpathb"},
        {"bound", {{"mpathx", "a"}, {"mpatha", "b"}}, {}, "a=mpathx b=mpatha"},
        {"the lowest free one", {{"mpatha", "y"}, {"mpathc", "z"}}, {}, "a=mpathb b=mpathd"},
        {"a name in use is passed by", {}, {named("z", "mpatha")}, "a=mpathb b=mpathc"},
        {"bound to a name in use: the WWID", {{"mpatha", "a"}}, {named("z", "mpatha")}, "a=a b=mpathb"},
        {"a present map keeps its name", {}, {named("a", "mpathq")}, "a=mpathq b=mpatha"},
        {"even if bound otherwise", {{"mpatha", "a"}}, {named("a", "a")}, "a=a b=mpathb"},
    };
    for (const auto& row : rows)
        EXPECT_EQ(names(friendly(row.lines), maps_of({"a", "b"}), row.present), row.want) << row.name;
}

TEST(MapAlias, OrderIsThatOfTheFirstPaths) {
    auto maps = maps_of({"a", "b"});
    std::swap(maps[0].paths[0].sys_path, maps[1].paths[0].sys_path);
    EXPECT_EQ(names(friendly({}), maps), "a=mpathb b=mpatha");
}

TEST(MapAlias, OldGenerationGoesOnBehindAGap) {
    std::vector<Binding> gap{{"mpathb", "y"}, {"mpatha", "z"}};
    EXPECT_EQ(names(friendly(gap, Generation::v0_9), maps_of({"a"})), "a=mpathc");
}

TEST(MapAlias, Configured) {
    auto rules = test_rules({});
    rules.config.multipaths = {test_section({{alias, "root"}, {wwid, "a"}}, 20),
                               test_section({{alias, "root"}, {wwid, "b"}}, 30)};
    EXPECT_EQ(names(rules, maps_of({"a", "b", "c"})), "a=root b=b c=c");
    EXPECT_EQ(why(rules, maps_of({"a"})), "alias: /etc/multipath.conf:21");
    EXPECT_EQ(why(rules, maps_of({"b"})), "user_friendly_names no: default");
    EXPECT_EQ(names(rules, maps_of({"a"}), {named("z", "root")}), "a=a");
    EXPECT_EQ(why(rules, maps_of({"a"}), {named("z", "root")}),
              "root is another map's name; alias: /etc/multipath.conf:21");
}

TEST(MapAlias, SaysWhatMultipathdWillDo) {
    auto rules = test_rules({});
    rules.config.multipaths = {test_section({{alias, "root"}, {wwid, "a"}}, 20)};
    EXPECT_EQ(why(rules, maps_of({"a"}), {named("a", "a")}),
              "as the map has it; multipathd will name it root, alias: /etc/multipath.conf:21");
    EXPECT_EQ(why(friendly({{"mpathc", "a"}}), maps_of({"a"}), {named("a", "a")}),
              "as the map has it; multipathd will name it mpathc, in /etc/multipath/bindings, "
              "user_friendly_names yes: /etc/multipath.conf:11");
    // A name of the right form that nobody is bound to is kept, and bound.
    EXPECT_EQ(why(friendly({}), maps_of({"a"}), {named("a", "mpathq")}),
              "as the map has it, not yet in /etc/multipath/bindings, user_friendly_names yes: "
              "/etc/multipath.conf:11");
    // One that is bound to another WWID is not.
    EXPECT_EQ(why(friendly({{"mpathq", "z"}}), maps_of({"a"}), {named("a", "mpathq")}),
              "as the map has it; multipathd will name it mpatha, the next free one, not yet in "
              "/etc/multipath/bindings, user_friendly_names yes: /etc/multipath.conf:11");
}

TEST(MapAlias, Prefix) {
    auto rules = test_rules({{alias_prefix, "disk"}, {user_friendly_names, "yes"}});
    EXPECT_EQ(names(rules, maps_of({"a"})), "a=diska");
}

}  // namespace
}  // namespace rdm
