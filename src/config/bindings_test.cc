// SPDX-License-Identifier: GPL-2.0-or-later
#include "config/bindings.h"

#include <gtest/gtest.h>

#include "base/text.h"

namespace rdm {
namespace {

constexpr std::string_view header =
    "# Multipath bindings, Version : 1.0\n"
    "# NOTE: this file is automatically maintained by the multipath program.\n"
    "# You should not need to edit this file in normal circumstances.\n"
    "#\n"
    "# Format:\n"
    "# alias wwid\n"
    "#\n";

constexpr auto old = Generation::v0_9;
constexpr auto newer = Generation::v0_11;
using enum BindingsFile;

std::string show(const Bindings& bindings) {
    std::string all;
    for (const auto& one : bindings.lines) all += cat(one.alias, ' ', one.wwid, "; ");
    for (const auto& one : bindings.problems) all += cat('(', one, ") ");
    return all;
}

Bindings parse(std::string_view text, Generation generation, BindingsFile kind = writable) {
    Config config;
    config.generation = generation;
    Section entry;
    entry.set(Keyword::wwid, "configured", {});
    entry.set(Keyword::alias, "data", {});
    config.multipaths = {entry};
    return parse_bindings(text, "b", config, kind);
}

// What each generation makes of a file; tests/oracle runs the real readers on 20,000 more.
TEST(Bindings, AreReadAsEachGenerationReadsThem) {
    struct {
        std::string_view lines, want_old, want_newer;
    } rows[] = {
        {"", "", ""},
        {"mpathb 2\nmpatha 1", "mpathb 2; mpatha 1; ", "mpatha 1; mpathb 2; "},
        {"mpathaa 2\nmpathb 1\n", "mpathaa 2; mpathb 1; ", "mpathb 1; mpathaa 2; "},
        {" mpatha\t1 more # x\n\n#mpathb 2\nmpathc 3\r\n", "mpatha 1; mpathc 3; ", "mpatha 1; mpathc 3; "},
        {"mpatha\v1 2\n", "mpatha\v1 2; ", "mpatha\v1 2; "},
        {"mpatha 1\nmpatha 1\n", "mpatha 1; mpatha 1; ", "mpatha 1; "},
        {"mpathb\nmpatha 1\n", "mpathb ; mpatha 1; (b:8: mpathb: no WWID, ignored) ",
         "mpatha 1; (b:8: mpathb: no WWID, ignored) "},
        {"mpathb 1\nmpatha 2\nmpathb 3\n", "mpatha 2; mpathb 1; (b:10: mpathb: bound to another WWID before, ignored) ",
         "mpatha 2; mpathb 1; (b:10: mpathb: bound to another WWID before, ignored) "},
        {"mpathb 1\ndata 2\n", "mpathb 1; (b:9: data: multipath.conf gives it to another WWID, ignored) ",
         "mpathb 1; (b:9: data: multipath.conf gives it to another WWID, ignored) "},
        {"data configured\n", "data configured; ", "data configured; "},
    };
    for (const auto& row : rows) {
        EXPECT_EQ(show(parse(cat(header, row.lines), old)), row.want_old) << row.lines;
        EXPECT_EQ(show(parse(cat(header, row.lines), newer)), row.want_newer) << row.lines;
    }
}

TEST(Bindings, OfAReadOnlyFileCountOnlyIfAllIsRight) {
    auto conflict = cat(header, "mpatha 1\nmpatha 2\n");
    EXPECT_EQ(show(parse(conflict, newer, read_only)),
              "(b:9: mpatha: bound to another WWID before, ignored) (b: cannot be corrected, as it is read-only: no "
              "bindings) ");
    EXPECT_EQ(show(parse(conflict, old, read_only)),
              "mpatha 1; mpatha 2; (b:9: mpatha: bound to another WWID before, ignored) ");
    EXPECT_EQ(show(parse("mpatha 1\n", newer, read_only)),
              "(b: does not begin with multipath-tools' header) (b: cannot be corrected, as it is read-only: no "
              "bindings) ");
    EXPECT_EQ(show(parse("mpatha 1\n", newer)), "mpatha 1; (b: does not begin with multipath-tools' header) ");
    EXPECT_EQ(show(parse("mpatha 1\n", old, read_only)), "mpatha 1; ");
}

TEST(Bindings, WithLongWwidsOrLines) {
    std::string most(127, '1');
    std::string more(128, '1');
    EXPECT_EQ(parse(cat(header, "a ", most, '\n'), newer).lines.size(), 1u);
    EXPECT_EQ(parse(cat(header, "a ", more, '\n'), newer).lines.size(), 0u);
    EXPECT_EQ(show(parse(cat("mpatha ", more, '\n'), old)), "mpatha ; ");
    auto long_line = cat('#', std::string(2046, 'x'), "mpatha 1\n");
    EXPECT_EQ(show(parse(long_line, old)), "mpatha 1; ");  // fgets() into 2,048 bytes
    EXPECT_EQ(show(parse(cat(header, long_line), newer)), "");
}

// decisions.md 10.
TEST(Bindings, GiveTheNextName) {
    struct {
        std::string_view lines;
        std::set<std::string, std::less<>> taken;
        std::string_view want_old, want_newer;
    } rows[] = {
        {"", {}, "mpatha", "mpatha"},
        {"mpatha 1\nmpathb 2\n", {}, "mpathc", "mpathc"},
        {"mpatha 1\nmpathc 2\n", {}, "mpathb", "mpathb"},
        {"mpathc 2\nmpatha 1\n", {}, "mpathb", "mpathb"},
        {"mpathb 2\nmpatha 1\n", {}, "mpathc", "mpathc"},
        {"mpathb 2\nmpatha 1\nmpathd 4\n", {}, "mpathe", "mpathc"},  // a gap once what is before it was out of order
        {"mpatha 1\nmpathc 2\n", {"mpathb"}, "mpathd", "mpathd"},
        {"mpatha 1\nmpathe 2\n", {"mpathb"}, "mpathc", "mpathc"},
        {"other 1\n", {"mpatha", "mpathb"}, "mpathc", "mpathc"},
    };
    for (const auto& row : rows) {
        auto text = cat(header, row.lines);
        EXPECT_EQ(new_alias(parse(text, old), "mpath", old, row.taken), row.want_old) << row.lines;
        EXPECT_EQ(new_alias(parse(text, newer), "mpath", newer, row.taken), row.want_newer) << row.lines;
    }
    Bindings many;
    for (int i = 1; i <= 703; ++i) {
        auto alias = new_alias(many, "mpath", newer, {});
        EXPECT_EQ(alias_number(alias, "mpath"), i) << alias;
        add_binding(many, newer, alias, cat(i));
    }
    EXPECT_EQ(many.lines[26].alias, "mpathaa");
    EXPECT_EQ(many.lines[702].alias, "mpathaaa");
    EXPECT_EQ(alias_number("mpathfxshrxw", "mpath"), 2147483647);
    for (auto none : {"mpath", "mpathfxshrxx", "mpathaaaaaaaa", "mpath1", "mpathA", "other"}) {
        EXPECT_EQ(alias_number(none, "mpath"), 0) << none;
    }
}

// lookup_wwid() of multipath-tools, which tests/oracle runs too.
TEST(Wwids, AreWhatStandsBetweenSlashes) {
    struct {
        std::string_view text, want;
    } rows[] = {
        {"# Multipath wwids, Version : 1.0\n#\n/3600a/\n/3600b/\n", "3600a 3600b "},
        {"/3600a/", "3600a "},
        {"/3600a/x\n", "3600a "},
        {"3600a\n#3600b/\n /3600c/\n", ""},
        {"//\n/1/\n", "1 "},
        {"\n/1/\n/2/\n", "2 "},
        {"\n\n/1/\n", "1 "},
        {"/36\n/3600a/\n/3600b/\n", "3600b "},
        {"/36\n/1/\n", "1 "},
        {"/3\n/36\n/3600a/\n", "3600a "},
        {"/a/b/\n", "a "},
        {"/3600a", ""},
        {"", ""},
    };
    for (const auto& row : rows) {
        std::string all;
        for (const auto& one : parse_wwids(row.text)) all += one + " ";
        EXPECT_EQ(all, row.want) << row.text;
    }
}

// libmultipath/wwids.c, lookup_wwid(); decisions.md 5.1.
TEST(Wwids, ProblemsNameTheirLine) {
    EXPECT_EQ(wwids_problems("# Multipath wwids, Version : 1.0\n/3600/\n#3601/\n/3602/ # more\n", "w"),
              std::vector<std::string>{});
    EXPECT_EQ(wwids_problems("/3600/\n\n/3601/\n3602\n/3603\n\n", "/etc/multipath/wwids"),
              (std::vector<std::string>{
                  "/etc/multipath/wwids:2: an empty line, which hides the next one from multipath-tools",
                  "/etc/multipath/wwids:4: neither \"/WWID/\" nor a comment; ignored",
                  "/etc/multipath/wwids:5: no \"/\" behind the WWID; it does not count, nor does one below that begins "
                  "like it"}));
}

}  // namespace
}  // namespace rdm
