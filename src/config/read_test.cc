// SPDX-License-Identifier: GPL-2.0-or-later
// Expectations: `multipath -t` of 0.9.4 and 0.11.1 (tests/config-side-by-side has all these cases), the daemon's
// check_alias_settings() for aliases, libmultipath/hwtable.c of 0.14.3.
#include "config/read.h"

#include <gtest/gtest.h>

#include "base/text.h"
#include "config/hwtable.h"
#include "config/lookup.h"
#include "kernel/fake_files.h"

namespace rdm {
namespace {

Config config(std::string_view text, Generation generation = Generation::v0_11) {
    FakeFiles files;
    files.files["/etc/multipath.conf"] = text;
    return read_config(files, generation);
}

std::string problems(const Config& config) {
    std::string all;
    for (const auto& problem : config.problems) {
        constexpr std::string_view marks = "w:m:e:";
        all += cat(marks.substr(2 * static_cast<std::size_t>(problem.severity), 2), problem.text, '\n');
    }
    return all;
}

TEST(ReadConfig, Nothing) {
    auto empty = read_config(FakeFiles(), Generation::v0_14);
    EXPECT_FALSE(empty.has_main_file);
    EXPECT_EQ(empty.devices.size(), 137u);
    EXPECT_EQ(hardware_table(Generation::v0_11).size(), 125u);
    EXPECT_EQ(hardware_table(Generation::v0_9).size(), 123u);
    EXPECT_EQ(problems(empty), "");
    ASSERT_EQ(empty.blacklist.devnode.size(), 1u);
    EXPECT_EQ(empty.exceptions.property.at(0).pattern, "(SCSI_IDENT_|ID_WWN)");
    EXPECT_EQ(text(empty, empty.devices[3].source), "hardware table 0.14, NVME HPE Alletra");
    for (const Section& row : empty.devices)
        EXPECT_EQ(text(empty, row.source),
                  cat("hardware table 0.14, ", row.value(Keyword::vendor), ' ', row.value(Keyword::product)));
    for (std::uint32_t none : {0U, 1U, 1000U}) EXPECT_EQ(hardware_row_name(none), "") << none;
}

TEST(ReadConfig, NativeNvme) {
    FakeFiles files;
    files.files["/sys/module/nvme_core/parameters/multipath"] = "Y\n";
    EXPECT_EQ(read_config(files, Generation::v0_11).blacklist.devnode.at(0).pattern, "!^(sd[a-z]|dasd[a-z])");
    EXPECT_EQ(read_config(files, Generation::v0_9).blacklist.devnode.at(0).pattern, "!^(sd[a-z]|dasd[a-z]|nvme[0-9])");
}

TEST(ReadConfig, OrderOfFiles) {
    FakeFiles files;
    files.files["/etc/multipath.conf"] = "defaults {\nprio a\nno_path_retry 1\n}\n";
    files.files["/etc/multipath/conf.d/b.conf"] = "defaults {\nno_path_retry 3\n}\n";
    files.files["/etc/multipath/conf.d/B.conf"] = "defaults {\nno_path_retry 2\nfailback 5\n}\n";
    files.files["/etc/multipath/conf.d/c.txt"] = "defaults {\nno_path_retry 4\n}\n";
    auto read = read_config(files, Generation::v0_11);
    EXPECT_EQ(text(read, Keyword::no_path_retry, choose(read, Keyword::no_path_retry, {})),
              "no_path_retry 3: /etc/multipath/conf.d/b.conf:2");
    EXPECT_EQ(text(read, Keyword::failback, choose(read, Keyword::failback, {})),
              "failback 5: /etc/multipath/conf.d/B.conf:3");
}

TEST(ReadConfig, RecordedTable) {
    FakeFiles files;
    files.files["/etc/rdmpath/multipath-t"] =
        "defaults {\nverbosity 3\n}\ndevices {\ndevice {\nvendor A\nproduct B\nprio alua\n}\n}\n";
    auto read = read_config(files, Generation::v0_9);
    ASSERT_EQ(read.devices.size(), 1u);
    EXPECT_EQ(text(read, read.devices[0].settings.back().source), "/etc/rdmpath/multipath-t:8");
    EXPECT_EQ(read.defaults.settings.size(), 0u);
}

TEST(ReadConfig, SameDeviceAbsorbsTheOlder) {
    auto read = config(
        "devices {\ndevice {\nvendor NETAPP\nproduct LUN\nno_path_retry 3\nfeatures \"1 queue_if_no_path\"\n}\n}\n");
    EXPECT_EQ(read.devices.size(), 125u);
    const Section& merged = read.devices.back();
    EXPECT_EQ(merged.value(Keyword::no_path_retry), "3");
    EXPECT_EQ(merged.value(Keyword::features), "0");
    EXPECT_EQ(merged.value(Keyword::prio), "ontap");
    EXPECT_EQ(text(read, merged.find(Keyword::prio)->source), "hardware table 0.11, NETAPP LUN");
}

TEST(ReadConfig, MapsMerge) {
    auto read = config(
        "multipaths {\nmultipath {\nwwid b\nalias x\nuid 5\n}\nmultipath {\nwwid a\nalias x\n}\nmultipath {\nwwid b\n"
        "mode 600\n}\nmultipath {\nalias y\n}\n}\n");
    ASSERT_EQ(read.multipaths.size(), 2u);
    EXPECT_EQ(read.multipaths[0].value(Keyword::alias), "x");
    EXPECT_EQ(read.multipaths[1].find(Keyword::alias), nullptr);
    EXPECT_EQ(read.multipaths[1].find(Keyword::uid), nullptr);  // the later one has a mode
    EXPECT_EQ(
        problems(read),
        "w:/etc/multipath.conf:11: b: has a section before, in /etc/multipath.conf:2; what that sets and this does "
        "not counts too\n"
        "m:/etc/multipath.conf:15: wwid: expected in this section; ignored\n"
        "m:/etc/multipath.conf:4: alias: x is the alias of a in /etc/multipath.conf:9; ignored\n");
}

TEST(ReadConfig, Problems) {
    struct {
        std::string_view text;
        std::string want;
    } rows[] = {
        {"defaults {\nno_path_rety 5\n}\n",
         "m:/etc/multipath.conf:2: no_path_rety: not known in this section; ignored\n"},
        {"defaults {\nprio a\nprio b\n}\n",
         "w:/etc/multipath.conf:3: prio: said before in this section; the last one counts\n"},
        {"defaults {\nprio a b\n}\n",
         "m:/etc/multipath.conf:2: prio: nothing more was expected, from \"b\" on ignored\n"},
        {"defaults {\nprio \"a\n}\n",
         "m:/etc/multipath.conf:2: prio: a quote was expected; the value ends with the line\n"},
        {"blacklist {\ndevnode !^sd\n}\n",
         "m:/etc/multipath.conf:2: devnode: a value was expected (in quotes, if it has a # or !); ignored\n"},
        {"defaults\n}\n}\n{\n",
         "m:/etc/multipath.conf:1: defaults: a { was expected behind it; the section begins all the same\n"
         "m:/etc/multipath.conf:3: }: no section is open here; ignored\n"
         "m:/etc/multipath.conf:4: {: a section begins on the line of its name; ignored\n"},
        {"devices {\ndevice {\nvendor A\n",
         "m:/etc/multipath.conf:3: device: a } was expected for line 2; it ends with the file\n"
         "m:/etc/multipath.conf:2: vendor and product: expected in this section; ignored\n"},
        {"devices {\ndevice {\nvendor A\ndevice\nproduct B\n}\n}\n",
         "m:/etc/multipath.conf:4: device: a { was expected behind it; the section begins all the same\n"
         "m:/etc/multipath.conf:4: device: not known in this section; ignored\n"},
        {"blacklist {\nwwid \"(\"\n}\n",
         "e:/etc/multipath.conf:2: wwid: a regular expression was expected, not \"(\"; ignored\n"},
        {"defaults {\npartition_delimiter /\n}\n",
         "e:/etc/multipath.conf:2: partition_delimiter: a name without a slash was expected, not \"/\"; it crashes\n"},
        {"defaults {\npolling_interval 0\n}\n",
         "e:/etc/multipath.conf:2: polling_interval: a number above 0 was expected, and none near the largest\n"},
        {"defaults {\nreservation_key z\n}\n",
         "e:/etc/multipath.conf:2: reservation_key: \"file\" or up to 16 hexadecimal digits was expected, not \"z\"; "
         "ignored\n"},
        {"devices {\ndevice {\nvendor A\nproduct B\nproduct_blacklist (\n}\n}\n",
         "e:/etc/multipath.conf:5: product_blacklist: it and the vendor were expected to be regular expressions; "
         "ignored\n"},
    };
    for (auto& row : rows) EXPECT_EQ(problems(config(row.text)), row.want) << row.text;
}

TEST(ReadConfig, PollingFollows) {
    auto read = config("defaults {\nmax_polling_interval 3\n}\n");
    EXPECT_EQ(choose(read, Keyword::polling_interval, {}).value, "1");
    read = config("defaults {\npolling_interval 30\n}\n");
    EXPECT_EQ(choose(read, Keyword::max_polling_interval, {}).value, "120");
    read = config("defaults {\npolling_interval -5\n}\n", Generation::v0_9);
    EXPECT_EQ(choose(read, Keyword::polling_interval, {}).value, "4294967294");
}

/// Who wins, class by class (decisions.md 2.4).
TEST(ReadConfig, Chain) {
    auto read = config(
        "defaults {\nno_path_retry 1\ndev_loss_tmo 1\nmode 600\nfailback 1\n}\noverrides {\nno_path_retry 3\n"
        "dev_loss_tmo 3\nprotocol {\ntype scsi:fcp\ndev_loss_tmo 4\n}\n}\n"
        "devices {\ndevice {\nvendor A\nproduct B\nfailback 2\nno_path_retry 2\n}\n}\n"
        "multipaths {\nmultipath {\nwwid w\nno_path_retry 5\nmode 640\n}\n}\n");
    auto devices = matching_devices(read, {"A", "B", {}});
    Scope scope{
        .devices = devices, .multipath = multipath_entry(read, "w"), .protocol = protocol_entry(read, "scsi:fcp")};
    EXPECT_EQ(choose(read, Keyword::no_path_retry, scope).value, "5");
    EXPECT_EQ(choose(read, Keyword::no_path_retry, {.devices = devices}).value, "3");
    EXPECT_EQ(choose(read, Keyword::dev_loss_tmo, scope).value, "4");
    EXPECT_EQ(choose(read, Keyword::failback, scope).value, "2");
    EXPECT_EQ(choose(read, Keyword::mode, scope).value, "0640");
    EXPECT_EQ(choose(read, Keyword::mode, {}).value, "0600");
    EXPECT_EQ(choose(read, Keyword::path_selector, scope).value, "service-time 0");
}

}  // namespace
}  // namespace rdm
