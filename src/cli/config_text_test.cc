// SPDX-License-Identifier: GPL-2.0-or-later
// Expectations: `multipath -t` for the whole (tests/config-side-by-side compares it), decisions.md 2.4 for one array.
#include "cli/config_text.h"

#include <gtest/gtest.h>

#include "cli/config_verb.h"
#include "config/read.h"
#include "kernel/fake_files.h"

namespace rdm {
namespace {

FakeFiles files() {
    FakeFiles files;
    files.files["/etc/multipath.conf"] =
        "defaults {\nuser_friendly_names on\nuid_attrs \"sd:ID_SERIAL\"\n}\n"
        "devices {\ndevice {\nvendor PURE\nproduct FlashArray\nno_path_retry 3\n}\n}\n"
        "blacklist {\ndevice {\nvendor ATA\n}\n}\nmultipaths {\nmultipath {\nwwid 36\nmode 660\nuid 10\n}\n}\n";
    return files;
}

TEST(ConfigText, Whole) {
    auto whole = config_text(read_config(files(), Generation::v0_11));
    EXPECT_TRUE(whole.starts_with("defaults {\n\tverbosity 2\n\tpolling_interval 5\n"));
    for (auto part : {"\tuid_attrs \"sd:ID_SERIAL\"\n", "\tuser_friendly_names \"no\"\n", "\tprio_args \"\"\n",
                      "\tdevice {\n\t\tvendor \"ATA\"\n\t}\n",
                      "\tmultipath {\n\t\twwid \"36\"\n\t\tmode 0660\n\t\tuid 10\n\t}\n}\n"})
        EXPECT_TRUE(whole.contains(part)) << part;
}

TEST(ConfigText, OneArray) {
    auto text = hardware_text(read_config(files(), Generation::v0_11), {"PURE", "FlashArray", {}});
    EXPECT_TRUE(
        text.starts_with("# /etc/multipath.conf:6: PURE FlashArray\npath_grouping_policy \"group_by_prio\""
                         "  # hardware table 0.11, PURE FlashArray\nuid_attribute \"ID_SERIAL\"  # default\n"))
        << text;
    EXPECT_TRUE(text.contains("no_path_retry 3  # /etc/multipath.conf:9\n")) << text;
    EXPECT_FALSE(text.contains("dev_loss_tmo")) << text;
}

TEST(ConfigVerb, Statuses) {
    auto mistaken = files();
    auto shown = show_config({.verb = Verb::config}, mistaken);
    EXPECT_EQ(shown.status, Exit::done);
    EXPECT_EQ(shown.complaint,
              "/etc/multipath.conf:2: user_friendly_names: yes, no was expected, not \"on\"; ignored\n");
    EXPECT_EQ(show_config({.verb = Verb::config, .check = true}, mistaken).status, Exit::usage);
    mistaken.files["/etc/multipath.conf"] = "defaults {\ngetuid_callout x\n}\n";
    EXPECT_EQ(show_config({.verb = Verb::config, .check = true}, mistaken).status, Exit::done);
    mistaken.files["/etc/multipath.conf"] = "blacklist {\nwwid *\n}\n";
    shown = show_config({.verb = Verb::config}, mistaken);
    EXPECT_EQ(shown.status, Exit::usage);
    EXPECT_EQ(shown.complaint,
              "multipathd does not start: /etc/multipath.conf:2: wwid: a regular expression was "
              "expected, not \"*\"; ignored\n");
}

}  // namespace
}  // namespace rdm
