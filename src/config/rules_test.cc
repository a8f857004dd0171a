// SPDX-License-Identifier: GPL-2.0-or-later
// Expectations: decisions.md 2.3 and 5 (which files, and from when on their names are fixed).
#include "config/rules.h"

#include <gtest/gtest.h>

#include "kernel/fake_files.h"

namespace rdm {
namespace {

TEST(Rules, NothingIsThere) {
    auto rules = read_rules(FakeFiles(), {}, {"a"});
    EXPECT_EQ(rules.named, std::vector<std::string>{"a"});
    EXPECT_FALSE(rules.config.has_main_file);
    EXPECT_TRUE(rules.config.files.empty());
    EXPECT_TRUE(rules.wwids.empty());
    EXPECT_TRUE(rules.failed_wwids.empty());
    EXPECT_TRUE(rules.bindings.lines.empty());
    EXPECT_EQ(rules.config.generation, Generation::v0_14);
    EXPECT_EQ(rules.flavour, WwidFlavour::libmultipath);
}

TEST(Rules, EverythingIsThere) {
    FakeFiles files;
    files.files["/etc/multipath.conf"] =
        "defaults {\n wwids_file /etc/multipath/old-wwids\n bindings_file /etc/multipath/old-bindings\n}\n";
    files.files["/etc/multipath/wwids"] = "# a comment\n/3600a/\n";
    files.files["/etc/multipath/old-wwids"] = "/3600b/\n";
    files.files["/etc/multipath/bindings"] = "mpatha 3600a\n";
    files.files["/etc/multipath/old-bindings"] = "mpathb 3600b\n";
    files.files["/run/multipath/failed_wwids/3600f"] = "";
    CommandLine line;
    line.like = Generation::v0_11;
    line.wwid_from = WwidFlavour::sg3;
    auto rules = read_rules(files, line, {});
    EXPECT_EQ(rules.wwids, (std::set<std::string, std::less<>>{"3600a"}));
    EXPECT_EQ(rules.failed_wwids, (std::set<std::string, std::less<>>{"3600f"}));
    EXPECT_EQ(rules.bindings.lines, (std::vector<Binding>{{"mpatha", "3600a"}}));
    EXPECT_EQ(rules.flavour, WwidFlavour::sg3);
    line.like = Generation::v0_9;
    rules = read_rules(files, line, {});
    EXPECT_EQ(rules.wwids, (std::set<std::string, std::less<>>{"3600b"}));
    EXPECT_EQ(rules.bindings.lines, (std::vector<Binding>{{"mpathb", "3600b"}}));
    EXPECT_EQ(wwids_file(rules.config), "/etc/multipath/old-wwids");
}

}  // namespace
}  // namespace rdm
