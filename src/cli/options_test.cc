// SPDX-License-Identifier: GPL-2.0-or-later
// Expectations: the verbs as the project's users are told of them (architecture, "One binary, few verbs"; README).
#include "cli/options.h"

#include <gtest/gtest.h>

#include "cli/help.h"

namespace rdm {
namespace {

using List = std::vector<const char*>;
using Seconds = std::chrono::seconds;

TEST(Options, Good) {
    struct {
        List words;
        Options want;
    } rows[] = {
        {{"run"}, {.verb = Verb::run}},
        {{"assemble"}, {.verb = Verb::assemble}},
        {{"assemble", "3600a", "3600b"}, {.verb = Verb::assemble, .wwids = {"3600a", "3600b"}}},
        {{"assemble", "--", "--odd"}, {.verb = Verb::assemble, .wwids = {"--odd"}}},
        {{"assemble", "-"}, {.verb = Verb::assemble, .wwids = {"-"}}},
        {{"wait"}, {.verb = Verb::wait}},
        {{"wait", "--timeout", "0"}, {.verb = Verb::wait, .timeout = Seconds(0)}},
        {{"wait", "--timeout=30", "3600a"}, {.verb = Verb::wait, .wwids = {"3600a"}, .timeout = Seconds(30)}},
        {{"wait", "--present"}, {.verb = Verb::wait, .present = true}},
        {{"wait", "3600a", "--timeout", "30"}, {.verb = Verb::wait, .wwids = {"3600a"}, .timeout = Seconds(30)}},
        {{"list"}, {.verb = Verb::list}},
        {{"list", "--json"}, {.verb = Verb::list, .json = true}},
        {{"plan"}, {.verb = Verb::plan}},
        {{"explain"}, {.verb = Verb::explain}},
        {{"explain", "/dev/sdb"}, {.verb = Verb::explain, .subject = "/dev/sdb"}},
        {{"explain", "--", "-x"}, {.verb = Verb::explain, .subject = "-x"}},
        {{"flush"}, {.verb = Verb::flush}},
        {{"config"}, {.verb = Verb::config}},
        {{"config", "--like", "0.9.4", "--check"}, {.verb = Verb::config, .like = Generation::v0_9, .check = true}},
        {{"config", "--config", "a", "--config-dir", "b", "--hardware", "V", "P 1"},
         {.verb = Verb::config, .config_file = "a", .config_directory = "b", .vendor = "V", .product = "P 1"}},
        {{"snapshot", "--anonymous"}, {.verb = Verb::snapshot, .anonymous = true}},
        {{"snapshot", "--snapshot", "-"}, {.verb = Verb::snapshot, .snapshot = "-"}},
        {{"list", "--snapshot=a", "--json"}, {.verb = Verb::list, .json = true, .snapshot = "a"}},
        {{"plan", "--snapshot", "a"}, {.verb = Verb::plan, .snapshot = "a"}},
        {{"explain", "sda", "--snapshot", "a"}, {.verb = Verb::explain, .subject = "sda", .snapshot = "a"}},
        {{"--version"}, {.verb = Verb::version}},
        {{"--help"}, {.verb = Verb::help}},
        {{"help"}, {.verb = Verb::help}},
        {{"help", "wait"}, {.verb = Verb::help, .help_on = Verb::wait}},
        {{"wait", "--help"}, {.verb = Verb::help, .help_on = Verb::wait}},
        {{"wait", "--timeout", "5", "--help", "--nonsense"}, {.verb = Verb::help, .help_on = Verb::wait}},
    };
    for (auto& row : rows) {
        auto got = parse_options(row.words);
        ASSERT_TRUE(got) << got.error().what();
        EXPECT_EQ(*got, row.want) << text(row.want.verb);
    }
}

TEST(Options, Bad) {
    constexpr auto possible =
        "possible are run, assemble, wait, list, plan, explain, claim, scope, flush, record, verify, config, snapshot, "
        "--version, "
        "--help";
    struct {
        List words;
        std::string want;
    } rows[] = {
        {{}, cat("no verb; ", possible)},
        {{""}, cat("no verb ''; ", possible)},
        {{"lsit"}, cat("no verb 'lsit'; ", possible)},
        {{"a\nb"}, cat("no verb 'a\\x0ab'; ", possible)},
        {{"--json", "list"}, cat("no option '--json'; ", possible)},
        {{"--"}, cat("no option '--'; ", possible)},
        {{"run", "now"}, "run: 'now' is too many; it takes no words"},
        {{"run", "--json"}, "run: unknown option '--json'; it takes --help alone"},
        {{"list", "--jsno"}, "list: unknown option '--jsno'; it takes --json, --snapshot FILE and --help"},
        {{"wait", "-t"}, "wait: unknown option '-t'; it takes --timeout S, --present and --help"},
        {{"wait", "--timeout"}, "wait: --timeout needs a number of seconds"},
        {{"wait", "--timeout="}, "wait: --timeout takes whole seconds, not ''"},
        {{"wait", "--timeout", "-1"}, "wait: --timeout takes whole seconds, not '-1'"},
        {{"wait", "--timeout", "1.5"}, "wait: --timeout takes whole seconds, not '1.5'"},
        {{"wait", "--timeout", "4294967296"}, "wait: --timeout takes whole seconds, not '4294967296'"},
        {{"wait", ""}, "wait: an empty WWID"},
        {{"assemble", "/dev/sdb"},
         "assemble: '/dev/sdb' is not a WWID; \"rdmpath explain DEVICE\" shows the WWID of a device"},
        {{"explain", "sda", "sdb"}, "explain: one at a time, 'sdb' is too many"},
        {{"explain", ""}, "explain: an empty device or WWID"},
        {{"--version", "1"}, "--version: '1' is too many; it takes no words"},
        {{"help", "me"}, cat("help: no verb 'me'; ", possible)},
        {{"help", "run", "list"}, "help: 'list' is too many; it takes no second verb"},
    };
    for (auto& row : rows) {
        auto got = parse_options(row.words);
        ASSERT_FALSE(got) << row.want;
        EXPECT_EQ(got.error(), (Error{EINVAL, std::string(row.want)}));
    }
}

TEST(Help, FitsOnOneScreen) {
    Verb verbs[] = {Verb::run,     Verb::assemble, Verb::wait,     Verb::list,    Verb::plan,
                    Verb::explain, Verb::flush,    Verb::snapshot, Verb::version, Verb::help};
    for (Verb verb : verbs) {
        auto help = help_text(verb);
        EXPECT_TRUE(help.ends_with('\n'));
        EXPECT_LE(lines(help).size(), 24u) << text(verb);
        for (auto line : lines(help)) EXPECT_LE(line.size(), 80u) << line;
        EXPECT_NE(help_text(std::nullopt).find(text(verb)), std::string::npos) << text(verb);
    }
}

TEST(Help, SaysTheVerbAndTheStatuses) {
    EXPECT_TRUE(help_text(Verb::wait).starts_with("usage: rdmpath wait [--timeout S] [--present] [WWID...]\n\n"));
    for (auto verb : {std::optional<Verb>(), std::optional(Verb::flush)})
        EXPECT_NE(help_text(verb).find("exit status: 0 done; 1 not (all) there; 2 wrong usage or configuration;\n"
                                       "             3 the kernel or a device refused\n"),
                  std::string::npos);
}

}  // namespace
}  // namespace rdm
