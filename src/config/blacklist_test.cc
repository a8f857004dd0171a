// SPDX-License-Identifier: GPL-2.0-or-later
// Expectations: what multipath-tools' tests/blacklist.c (0.14.3) states of each type, and libmultipath/blacklist.c.
#include "config/blacklist.h"

#include <gtest/gtest.h>

namespace rdm {
namespace {

using Patterns = std::vector<std::string>;

Config config() {
    Config made;
    made.files = {"/etc/multipath.conf"};
    return made;
}

/// Lines of the file from `line` on.
std::vector<Listed> listed(const Patterns& patterns, unsigned line) {
    std::vector<Listed> all;
    for (const auto& pattern : patterns) all.push_back({pattern, {.kind = Source::Kind::file, .line = line++}});
    return all;
}

const Patterns usual_devnodes = {"!^(sd[a-z]|dasd[a-z]|nvme[0-9])"};
const Patterns usual_properties = {"(SCSI_IDENT_|ID_WWN)"};

TEST(Blacklist, Devnode) {
    struct {
        Patterns black, except;
        std::string name;
        std::string_view want;
    } rows[] = {
        {{"sdb"}, {}, "sdb", "devnode \"sdb\" in blacklist: /etc/multipath.conf:10"},
        {{"x", "^sd[a-c]"}, {}, "sdb", "devnode \"^sd[a-c]\" in blacklist: /etc/multipath.conf:11"},
        {{"sdb"}, {}, "sdc", ""},
        {{"!sdb"}, {}, "sdb", ""},
        {{"!sdb"}, {}, "sdc", "devnode \"!sdb\" in blacklist: /etc/multipath.conf:10"},
        {{".*"}, {"sdb"}, "sdb", "devnode \"sdb\" in blacklist_exceptions: /etc/multipath.conf:20"},
        {{".*"}, {"sdb"}, "sdc", "devnode \".*\" in blacklist: /etc/multipath.conf:10"},
        {{"^sd[a"}, {}, "sda", ""},
        {{"!^sd[a"}, {}, "sda", ""},
        {usual_devnodes, {}, "sdaa", ""},
        {usual_devnodes, {}, "nvme0n1", ""},
        {usual_devnodes, {}, "dasda", ""},
        {usual_devnodes, {}, "hda", "devnode \"!^(sd[a-z]|dasd[a-z]|nvme[0-9])\" in blacklist: /etc/multipath.conf:10"},
    };
    for (const auto& row : rows) {
        auto with = config();
        with.blacklist.devnode = listed(row.black, 10);
        with.exceptions.devnode = listed(row.except, 20);
        auto got = judge_devnode(with, row.name);
        EXPECT_EQ(got.why, row.want) << row.name;
        EXPECT_EQ(got.blacklisted(), row.want.contains("blacklist:")) << row.name;
        EXPECT_EQ(got.kind == Verdict::Kind::undecided, row.want.empty()) << row.name;
    }
}

TEST(Blacklist, DefaultEntryHasNoFile) {
    auto with = config();
    with.blacklist.devnode = {{usual_devnodes[0], {}}};
    EXPECT_EQ(judge_devnode(with, "loop0").why, "devnode \"!^(sd[a-z]|dasd[a-z]|nvme[0-9])\" in blacklist: default");
}

TEST(Blacklist, WwidAndProtocol) {
    auto with = config();
    with.blacklist.wwid = listed({"xyzzy", "\\!x"}, 10);
    with.blacklist.protocol = listed({"scsi:fcp"}, 20);
    with.exceptions.protocol = listed({"!scsi:[a-h]"}, 30);
    EXPECT_EQ(judge_wwid(with, "3xyzzy1").why, "wwid \"xyzzy\" in blacklist: /etc/multipath.conf:10");
    EXPECT_EQ(judge_wwid(with, "a!x").why, "wwid \"\\x5c!x\" in blacklist: /etc/multipath.conf:11");
    EXPECT_EQ(judge_wwid(with, "plugh"), Verdict{});
    EXPECT_TRUE(judge_protocol(with, "scsi:fcp").blacklisted());
    EXPECT_EQ(judge_protocol(with, "scsi:iscsi").kind, Verdict::Kind::excepted);
    EXPECT_EQ(judge_protocol(with, "scsi:ata"), Verdict{});
}

TEST(Blacklist, Device) {
    struct {
        std::vector<ListedDevice> black, except;
        std::string vendor, product;
        std::string_view want;
    } rows[] = {
        {{{"foo", "bar", {}}}, {}, "foo", "bar", "device \"foo\" \"bar\" in blacklist: default"},
        {{{"foo", "bar", {}}}, {}, "foo", "baz", ""},
        {{{"!foo", "bar", {}}}, {}, "foo", "bar", ""},
        {{{"!foo", "bar", {}}}, {}, "baz", "bar", "device \"!foo\" \"bar\" in blacklist: default"},
        {{{"foo", "!bar", {}}}, {}, "foo", "bar", ""},
        {{{"foo", "!bar", {}}}, {}, "foo", "baz", "device \"foo\" \"!bar\" in blacklist: default"},
        {{{"", "bar", {}}}, {}, "any", "bar", "device \"\" \"bar\" in blacklist: default"},
        {{{"foo", "", {}}}, {}, "foo", "any", "device \"foo\" \"\" in blacklist: default"},
        {{{".*", ".*", {}}},
         {{"foo", "bar", {}}},
         "foo",
         "bar",
         "device \"foo\" \"bar\" in blacklist_exceptions: default"},
        {{{".*", ".*", {}}}, {{"foo", "bar", {}}}, "foo", "baz", "device \".*\" \".*\" in blacklist: default"},
    };
    for (const auto& row : rows) {
        auto with = config();
        with.blacklist.device = row.black;
        with.exceptions.device = row.except;
        EXPECT_EQ(judge_device(with, row.vendor, row.product).why, row.want) << row.vendor << ' ' << row.product;
    }
}

TEST(Blacklist, Property) {
    struct {
        std::string_view name;
        Patterns black, except, names;
        std::string_view uid, want;
    } rows[] = {
        {"listed",
         {"ID_WWN"},
         {},
         {"ID_FOO", "ID_SERIAL", "ID_WWN"},
         "ID_SERIAL",
         "property \"ID_WWN\" in blacklist: /etc/multipath.conf:10"},
        {"inverted", {"!ID_WWN"}, {}, {"ID_WWN", "ID_WWN_X"}, "ID_SERIAL", ""},
        {"usual exception",
         {},
         usual_properties,
         {"ID_SERIAL", "ID_WWN"},
         "ID_SERIAL",
         "property \"(SCSI_IDENT_|ID_WWN)\" in blacklist_exceptions: /etc/multipath.conf:20"},
        {"missing", {}, usual_properties, {"ID_SERIAL", "ID_VENDOR"}, "ID_SERIAL", "udev property missing"},
        {"missing, and no WWID either", {}, usual_properties, {"ID_VENDOR"}, "ID_SERIAL", ""},
        {"missing, udev has no say on WWIDs", {}, usual_properties, {"ID_SERIAL"}, "", ""},
        {"missing, but udev has nothing", {}, usual_properties, {}, "ID_SERIAL", ""},
        {"the first name that a list knows decides",
         {"ID_MODEL"},
         usual_properties,
         {"ID_MODEL", "ID_SERIAL", "ID_WWN"},
         "ID_SERIAL",
         "property \"ID_MODEL\" in blacklist: /etc/multipath.conf:10"},
        {"and of one name the exception",
         {"ID_WWN"},
         usual_properties,
         {"ID_SERIAL", "ID_WWN"},
         "ID_SERIAL",
         "property \"(SCSI_IDENT_|ID_WWN)\" in blacklist_exceptions: /etc/multipath.conf:20"},
        {"of one name the entry that stands first",
         {"ID", "ID_WWN"},
         {},
         {"ID_WWN"},
         "",
         "property \"ID\" in blacklist: /etc/multipath.conf:10"},
    };
    for (const auto& row : rows) {
        auto with = config();
        with.blacklist.property = listed(row.black, 10);
        with.exceptions.property = listed(row.except, 20);
        EXPECT_EQ(judge_property(with, row.names, row.uid).why, row.want) << row.name;
    }
}

}  // namespace
}  // namespace rdm
