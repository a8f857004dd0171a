// SPDX-License-Identifier: GPL-2.0-or-later
#include "config/command_line.h"

#include <gtest/gtest.h>

#include "base/text.h"

namespace rdm {
namespace {

std::string joined(const std::vector<std::string>& all) {
    std::string text;
    for (const auto& one : all) text += cat(text.empty() ? "" : "; ", one);
    return text;
}

// handoff.md 7.
TEST(CommandLine, KnowsWhenItIsOn) {
    struct {
        std::string_view text;
        bool on;
        std::string_view why;
    } rows[] = {
        {"", false, "no rd.mpath on the command line"},
        {"root=/dev/sda1 ro quiet\n", false, "no rd.mpath on the command line"},
        {"rd.mpath", true, "rd.mpath"},
        {"ro rd.mpath=1 quiet\n", true, "rd.mpath=1"},
        {"rd.mpath=yes", true, "rd.mpath=yes"},
        {"rd.mpath=on\n", true, "rd.mpath=on"},
        {"rd.mpath=0", false, "rd.mpath=0"},
        {"rd.mpath=no", false, "rd.mpath=no"},
        {"rd.mpath=off", false, "rd.mpath=off"},
        {"rd.mpath=1 rd.mpath=0", false, "rd.mpath=0"},
        {"rd.mpath=0 rd.mpath", true, "rd.mpath"},
        {"rd.mpath=1 nompath", false, "nompath"},
        {"nompath rd.mpath=1", false, "nompath"},
        {"multipath=off rd.mpath=1", false, "multipath=off"},
        {"multipath=off multipath=on rd.mpath=1", true, "rd.mpath=1"},
        {"multipath=on rd.mpath=1 multipath=off", false, "multipath=off"},
        {"nompath=1 rd.mpath=1", true, "rd.mpath=1"},
        {"rd.mpath=1 rd.multipath=0", true, "rd.mpath=1"},
        {"rd.multipath=1", false, "no rd.mpath on the command line"},
        {"RD.MPATH=1 rd.mpathx=1 xrd.mpath=1", false, "no rd.mpath on the command line"},
        {"rd.mpath=\"1\"", true, "rd.mpath=1"},
        {"\"rd.mpath=1\"", true, "rd.mpath=1"},
        {"x=\"a rd.mpath=1 b\"", false, "no rd.mpath on the command line"},
    };
    for (const auto& row : rows) {
        auto line = parse_command_line(row.text);
        EXPECT_EQ(line.on, row.on) << row.text;
        EXPECT_EQ(line.why, row.why) << row.text;
        EXPECT_EQ(joined(line.problems), "") << row.text;
    }
}

TEST(CommandLine, ReportsWhatItCannotUnderstand) {
    struct {
        std::string_view text;
        bool on;
        std::string_view problems;
    } rows[] = {
        {"rd.mpath=2", false, "rd.mpath=2: neither 1 nor 0, staying off"},
        {"rd.mpath=", false, "rd.mpath=: neither 1 nor 0, staying off"},
        {"rd.mpath=1 rd.mpath=ys", false, "rd.mpath=ys: neither 1 nor 0, staying off"},
        {"rd.mpath=ys rd.mpath=1", true, "rd.mpath=ys: neither 1 nor 0, staying off"},
        {"rd.mpath=\"1\n2\"", false, "rd.mpath=1\\x0a2: neither 1 nor 0, staying off"},
        {"rd.mpath rd.mpath.wwdi=3600", true, "rd.mpath.wwdi=3600: not known, ignored"},
        {"rd.mpath rd.mpath.wwid=", true, "rd.mpath.wwid=: names no WWID, ignored"},
        {"rd.mpath rd.mpath.wwid", true, "rd.mpath.wwid: names no WWID, ignored"},
        {"rd.mpath rd.mpath.debug=x", true, "rd.mpath.debug=x: neither 1 nor 0, staying off"},
    };
    for (const auto& row : rows) {
        auto line = parse_command_line(row.text);
        EXPECT_EQ(line.on, row.on) << row.text;
        EXPECT_EQ(joined(line.problems), row.problems) << row.text;
        EXPECT_FALSE(line.debug) << row.text;
    }
}

TEST(CommandLine, CollectsWwids) {
    struct {
        std::string_view text, wwids;
    } rows[] = {
        {"rd.mpath.wwid=36001 rd.mpath.wwid=36002", "36001; 36002"},
        {"mpath.wwid=36003 rd.mpath.wwid=36001", "36003; 36001"},
        {"rd.mpath.wwid=36001 mpath.wwid=36001", "36001"},
        {"rd.mpath.wwid=\"1LIO ORG=x\"", "1LIO ORG=x"},
        {"rd.mpath.wwid=eui.00=1", "eui.00=1"},
        {"rd.mpath=0", ""},
    };
    for (const auto& row : rows) EXPECT_EQ(joined(parse_command_line(row.text).wwids), row.wwids) << row.text;
}

TEST(CommandLine, KeepsItsTimeoutWhenAskedForNonsense) {
    struct {
        std::string_view text;
        int seconds;
        std::string_view problems;
    } rows[] = {
        {"", 30, ""},
        {"rd.mpath.timeout=5", 5, ""},
        {"rd.mpath.timeout=0", 0, ""},
        {"rd.mpath.timeout=5 rd.mpath.timeout=7", 7, ""},
        {"rd.mpath.timeout=86400", 86400, ""},
        {"rd.mpath.timeout=86401", 30, "rd.mpath.timeout=86401: not a number of seconds up to 86400, keeping 30"},
        {"rd.mpath.timeout=5s", 30, "rd.mpath.timeout=5s: not a number of seconds up to 86400, keeping 30"},
        {"rd.mpath.timeout=-1", 30, "rd.mpath.timeout=-1: not a number of seconds up to 86400, keeping 30"},
        {"rd.mpath.timeout", 30, "rd.mpath.timeout: not a number of seconds up to 86400, keeping 30"},
        {"rd.mpath.timeout=4 rd.mpath.timeout=99999999999", 4,
         "rd.mpath.timeout=99999999999: not a number of seconds up to 86400, keeping 4"},
    };
    for (const auto& row : rows) {
        auto line = parse_command_line(row.text);
        EXPECT_EQ(line.timeout, std::chrono::seconds(row.seconds)) << row.text;
        EXPECT_EQ(joined(line.problems), row.problems) << row.text;
    }
}

TEST(CommandLine, SaysWhoseDecisionsOursEqual) {
    auto line = parse_command_line("rd.mpath.like=0.9.4 rd.mpath.wwid_from=sg3-t10");
    EXPECT_EQ(line.like, Generation::v0_9);
    EXPECT_EQ(line.wwid_from, WwidFlavour::sg3_t10);
    EXPECT_EQ(joined(parse_command_line("rd.mpath.like=new rd.mpath.wwid_from").problems),
              "rd.mpath.like=new: no version of multipath-tools, ignored; rd.mpath.wwid_from: none of sg3, sg3-t10, "
              "scsi_id, libmultipath, ignored");
}

TEST(CommandLine, SaysWhichDisksBecomeMaps) {
    struct {
        std::string_view text;
        MapScope scope;
        std::string_view problems;
    } rows[] = {
        {"", MapScope::usual, ""},
        {"rd.mpath.scope=root", MapScope::root, ""},
        {"rd.mpath.scope=root rd.mpath.scope=all", MapScope::all, ""},
        {"rd.mpath.scope=all rd.mpath.scope=one", MapScope::all, "rd.mpath.scope=one: neither root nor all, ignored"},
        {"rd.mpath.scope", MapScope::usual, "rd.mpath.scope: neither root nor all, ignored"},
    };
    for (const auto& row : rows) {
        auto line = parse_command_line(row.text);
        EXPECT_EQ(line.scope, row.scope) << row.text;
        EXPECT_EQ(joined(line.problems), row.problems) << row.text;
    }
}

TEST(CommandLine, SwitchesDebug) {
    EXPECT_TRUE(parse_command_line("rd.mpath.debug").debug);
    EXPECT_TRUE(parse_command_line("rd.mpath.debug=1").debug);
    EXPECT_FALSE(parse_command_line("rd.mpath.debug=1 rd.mpath.debug=0").debug);
    EXPECT_TRUE(parse_command_line("ro quiet").quiet);
    EXPECT_FALSE(parse_command_line("ro loglevel=4").quiet);
}

// lib/cmdline.c, next_arg().
TEST(CommandLine, DividesWordsAsTheKernelDoes) {
    struct {
        std::string_view text, want;
    } rows[] = {
        {"a  b\tc\n", "[a] [b] [c] "},
        {"a=1", "[a|1] "},
        {"a=", "[a|] "},
        {"=1", "[|1] "},
        {"a=b=c", "[a|b=c] "},
        {"a=\"b c\" d", "[a|b c] [d] "},
        {"\"a=b c\" d", "[a|b c] [d] "},
        {"\"a b\"=c", "[a b\"|c] "},
        {"a=b\"c d\"e", "[a|b\"c d\"e] "},
        {"a=\"b c", "[a|b c] "},
        {"a=\"", "[a|] "},
        {"\"a", "[a] "},
        {"\"a=\"", "[a|] "},
        {"\"=\"", "[|] "},
        {"\"", "[] "},
        {"\"\"", "[] "},
        {"", ""},
        {" \n", ""},
    };
    for (const auto& row : rows) {
        std::string got;
        for (std::string_view text = row.text; auto next = next_command_line_word(text);) {
            const auto& word = *next;
            got += cat('[', word.name, word.has_value ? "|" : "", word.value, "] ");
        }
        EXPECT_EQ(got, row.want) << row.text;
    }
}

// udev's IMPORT{cmdline} takes a bare word for 1, and 68-del-part-nodes.rules asks for 1.
TEST(CommandLine, KeepsTheKernelsPartitionsIfAsked) {
    EXPECT_TRUE(parse_command_line("dont_del_part_nodes").keep_partitions);
    EXPECT_TRUE(parse_command_line("dont_del_part_nodes=1").keep_partitions);
    EXPECT_FALSE(parse_command_line("dont_del_part_nodes=0").keep_partitions);
    EXPECT_FALSE(parse_command_line("del_part_nodes").keep_partitions);
}

}  // namespace
}  // namespace rdm
