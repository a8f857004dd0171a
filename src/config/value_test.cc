// SPDX-License-Identifier: GPL-2.0-or-later
// Expectations: `multipath -t` of 0.9.4 and 0.11.1 (tests/config-side-by-side: 25 to 28, 40 to 45, 57, 58, 76).
#include "config/value.h"

#include <gtest/gtest.h>

#include "base/text.h"
#include "kernel/fake_files.h"

namespace rdm {
namespace {

using Effect = ConfigValue::Effect;

FakeFiles files() {
    FakeFiles files;
    files.files["/etc/passwd"] = "root:x:0:0::/:\ndisk:x:6:6::/:\n";
    files.files["/proc/sys/fs/nr_open"] = "1000\n";
    return files;
}

TEST(ConfigValue, Set) {
    struct {
        Keyword keyword;
        std::string_view text;
        std::string want;
    } rows[] = {
        {Keyword::user_friendly_names, "1", "yes"},
        {Keyword::find_multipaths, "no", "off"},
        {Keyword::find_multipaths, "smart", "smart"},
        {Keyword::flush_on_last_del, "0", "unused"},
        {Keyword::no_path_retry, "0", "fail"},
        {Keyword::no_path_retry, "12 ", "12"},
        {Keyword::ghost_delay, "0", "no"},
        {Keyword::fast_io_fail_tmo, "0", "0"},
        {Keyword::fast_io_fail_tmo, "off", "off"},
        {Keyword::dev_loss_tmo, "60s", "60"},
        {Keyword::dev_loss_tmo, "-1", "infinity"},
        {Keyword::dev_loss_tmo, "4294967297", "1"},
        {Keyword::max_fds, "max", "max"},
        {Keyword::max_fds, "0", "0"},
        {Keyword::retrigger_tries, "0", "0"},
        {Keyword::find_multipaths_timeout, "-5", "-5"},
        {Keyword::polling_interval, " 5 ", "5"},
        {Keyword::features, " 2  a b", " 2  a b"},
        {Keyword::path_selector, "queue-length 0", "queue-length 0"},
        {Keyword::path_grouping_policy, "multibus2", "multibus"},
        {Keyword::path_grouping_policy, "group_by_tpg", "group_by_tpg"},
        {Keyword::mode, "660", "0660"},
        {Keyword::mode, "0", "00"},
        {Keyword::uid, "disk", "6"},
        {Keyword::gid, "12x", "12"},
        {Keyword::reservation_key, "0X00AbC:aptpl", "0xabc:aptpl"},
        {Keyword::reservation_key, "123:other", "0x123"},
        {Keyword::reservation_key, "file", "file"},
        {Keyword::uid_attrs, "sd:A  nvme:B", "sd:A nvme:B"},
        {Keyword::type, "scsi:fcp", "scsi:fcp"},
        {Keyword::alias, "", ""},
    };
    for (auto& row : rows) {
        auto kind = value_kind(Generation::v0_11, row.keyword);
        EXPECT_EQ(read_value(Generation::v0_11, kind, row.text, files()),
                  (ConfigValue{.effect = Effect::set, .text = row.want, .problem = {}}))
            << text(row.keyword) << ' ' << row.text;
    }
}

TEST(ConfigValue, Wrong) {
    struct {
        Keyword keyword;
        std::string_view text;
        ConfigValue want;
    } rows[] = {
        {Keyword::user_friendly_names, "on", {Effect::keep, "", "yes, no was expected, not \"on\""}},
        {Keyword::no_path_retry,
         "x\n",
         {Effect::keep, "", "fail, queue or a whole number was expected, not \"x\\x0a\""}},
        {Keyword::no_path_retry,
         "-1",
         {Effect::set, "1", "a number from 1 to 2147483647 was expected, not -1; 1 is used"}},
        {Keyword::verbosity, "9", {Effect::set, "4", "a number from 0 to 4 was expected, not 9; 4 is used"}},
        {Keyword::max_fds,
         "1001",
         {Effect::set, "max", "a number from 0 to 1000 was expected, not 1001; 1000 is used"}},
        {Keyword::polling_interval, "-5", {Effect::keep, "", "a whole number was expected, not \"-5\""}},
        {Keyword::features, "queue", {Effect::keep, "", "a count and so many words was expected, not \"queue\""}},
        {Keyword::alias, "a/b", {Effect::crash, "", "a name without a slash was expected, not \"a/b\""}},
        {Keyword::mode, "1777", {Effect::keep, "", "an octal number up to 0777 was expected, not \"1777\""}},
        {Keyword::reservation_key,
         "0",
         {Effect::fatal, "", "\"file\" or up to 16 hexadecimal digits was expected, not \"0\""}},
        {Keyword::rr_min_io, "0", {Effect::unset, "", ""}},
        {Keyword::failback, "0", {Effect::unset, "", ""}},
        {Keyword::dev_loss_tmo, "4294967296", {Effect::unset, "", ""}},
        {Keyword::vpd_vendor, "undef", {Effect::unset, "", ""}},
        {Keyword::getuid_callout, "x", {Effect::keep, "", ""}},
        {Keyword::bindings_file, "/x", {Effect::keep, "", ""}},
    };
    for (auto& row : rows) {
        auto kind = value_kind(Generation::v0_11, row.keyword);
        EXPECT_EQ(read_value(Generation::v0_11, kind, row.text, files()), row.want) << text(row.keyword) << row.text;
    }
}

TEST(ConfigValue, Generations) {
    auto read = [](Generation generation, Keyword keyword, std::string_view text) {
        return read_value(generation, value_kind(generation, keyword), text, files()).text;
    };
    EXPECT_EQ(read(Generation::v0_9, Keyword::flush_on_last_del, "no"), "no");
    EXPECT_EQ(read(Generation::v0_9, Keyword::bindings_file, "/x"), "/x");
    EXPECT_EQ(read(Generation::v0_9, Keyword::path_grouping_policy, "group_by_tpg"), "");
    EXPECT_EQ(read(Generation::v0_9, Keyword::marginal_pathgroups, "fpin"), "");
    EXPECT_EQ(read(Generation::v0_14, Keyword::marginal_pathgroups, "fpin"), "fpin");
}

TEST(ConfigValue, Written) {
    EXPECT_EQ(written(ValueKind::text, "a \"b\""), "\"a \"\"b\"\"\"");
    EXPECT_EQ(written(ValueKind::text, "12"), "\"12\"");
    EXPECT_EQ(written(ValueKind::retry, "12"), "12");
    EXPECT_EQ(written(ValueKind::retry, "fail"), "\"fail\"");
    EXPECT_EQ(written(ValueKind::off_zero_number, "off"), "off");
    EXPECT_EQ(written(ValueKind::mode, "0660"), "0660");
}

}  // namespace
}  // namespace rdm
