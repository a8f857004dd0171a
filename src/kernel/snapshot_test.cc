// SPDX-License-Identifier: GPL-2.0-or-later
#include "kernel/snapshot.h"

#include <gtest/gtest.h>

#include "kernel/machine.h"

// The machine text is our own format: what is expected here is what kernel/machine.h and kernel/snapshot.h promise.

namespace rdm {
namespace {

constexpr std::string_view sample = R"(rdmpath machine 1

[cmdline]
| root=LABEL=root  rd.mpath=1

[disk sda]
at = pci0000:00/host2/target2:0:0/2:0:0:0/block/sda
inquiry = error ENODEV "sda: no node"
read = good
rtpg = hang
tur = sense 2 04 0b
vpd 83 = hex 00 83 00 00
dev = 8:0
size = 131072
device/scsi_generic/ = sg0
device/scsi_generic/sg0/dev = 21:0
device/state = error EIO
device/vendor = "QEMU    \x0a"

[sysfs]
block/ = dm-0 sda
class/fc_host/host2 -> /devices/pci0000:00/host2/fc_host/host2
devices/pci0000:00/host2/fc_host/host2/port_name = 0x50060e8012345600
odd\x20name\x3d/ =

[map a\x20b]
uuid = mpath-a\x20b
dev = 254:0
open = 1
suspended = yes
read-only = yes
table = 0 131072 multipath 0 0 1 1 service-time 0 1 2 8:0 1 1
status = 2 0 0 0 1 1 A 0 1 2 8:0 A 0 0 1

[maps]
error EPERM "device-mapper: Operation not permitted"

[files]
/etc/multipath/conf.d/ = a.conf
/etc/multipath/wwids = error EACCES

[file /etc/empty]

[file /etc/multipath.conf]
| defaults {
|
| 	a "b" # \x41 stays
|   é
"}\x0d\x0a"
"no newline"
)";

TEST(Snapshot, TextAndValueAreTheSame) {
    auto all = parse_snapshot(sample);
    ASSERT_TRUE(all) << all.error().what();
    EXPECT_EQ(all->at("disk sda"), "pci0000:00/host2/target2:0:0/2:0:0:0/block/sda");
    EXPECT_EQ(all->at("scsi sda rtpg"), "hang");
    EXPECT_EQ(all->at("sysfs devices/pci0000:00/host2/target2:0:0/2:0:0:0/state"), "= error EIO");
    EXPECT_EQ(all->at("sysfs block/sda"), "-> /devices/pci0000:00/host2/target2:0:0/2:0:0:0/block/sda");
    EXPECT_EQ(all->at("sysfs odd name="), "/ =");
    EXPECT_EQ(all->at("file /proc/cmdline"), "root=LABEL=root  rd.mpath=1\n");
    EXPECT_EQ(all->at("file /etc/empty"), "");
    EXPECT_EQ(all->at("file /etc/multipath.conf"), "defaults {\n\n\ta \"b\" # \\x41 stays\n  é\n}\r\nno newline");
    EXPECT_EQ(all->at("maps"), "error EPERM \"device-mapper: Operation not permitted\"");
    EXPECT_EQ(snapshot_text(Snapshot(*all)), sample);
}

TEST(Snapshot, LongPagesGoToLinesOfTheirOwn) {
    std::string digits;
    for (int i = 0; i < 40; ++i) digits += " ab";
    auto all = parse_snapshot(cat("rdmpath machine 1\n[disk a]\nat = h/a\nvpd 83 = hex", digits, "\nx = hex", digits));
    ASSERT_TRUE(all) << all.error().what();
    auto text = snapshot_text(Snapshot(*all));
    EXPECT_TRUE(text.contains("\nx = hex\n    ab ab")) << text;
    EXPECT_EQ(machine_value(std::string_view(all->at("sysfs devices/h/a/x")).substr(2)), std::string(40, '\xab'));
    auto again = parse_snapshot(text);
    ASSERT_TRUE(again) << again.error().what();
    EXPECT_EQ(*again, *all);
}

TEST(Snapshot, AnyByteOfAFileSurvives) {
    Snapshot all;
    auto& bytes = all["file /etc/x"];
    for (int byte = 0; byte < 256; ++byte) bytes += static_cast<char>(byte);
    for (std::string_view line : {"| a\n", "# b\n", " c \n", "[d]\n", "\"e\"\n", "\\x0a\n", "\r\n"}) bytes += line;
    auto again = parse_snapshot(snapshot_text(Snapshot(all)));
    ASSERT_TRUE(again) << again.error().what();
    EXPECT_EQ(*again, all);
}

TEST(Snapshot, WindowsLineEndsOfTheTextItselfDoNotCount) {
    std::string text;
    for (auto line : lines(sample)) text += cat(line, "\r\n");
    auto all = parse_snapshot(text);
    ASSERT_TRUE(all) << all.error().what();
    EXPECT_EQ(snapshot_text(std::move(*all)), sample);
}

TEST(Snapshot, TestsReadItToo) {
    auto text = std::string(sample.substr(0, sample.find("[maps]")));  // which only a snapshot has
    text += sample.substr(sample.find("[files]"));
    auto machine = parse_machine(text);
    ASSERT_TRUE(machine) << machine.error().what();
    ASSERT_EQ(machine->disks.size(), 1U);
    EXPECT_EQ(machine->disks[0].dev, (DevNo{8, 0}));
    EXPECT_EQ(machine->disks[0].attributes.at("device/state").code, EIO);
    EXPECT_EQ(machine->disks[0].answers.at("inquiry").answer.failure->what(), "sda: no node");
    EXPECT_EQ(machine->maps.at(0).name, "a b");
    EXPECT_TRUE(machine->files.at("/etc/multipath.conf").text.ends_with("}\r\nno newline"));
}

TEST(Snapshot, EveryPrefixIsReadOrRefused) {
    for (std::size_t length = 0; length < sample.size(); ++length) (void)parse_snapshot(sample.substr(0, length));
}

TEST(Snapshot, BadTextNamesItsLine) {
    struct {
        std::string_view name, text, want;
    } rows[] = {
        {"empty", "", "1: the first line is not \"rdmpath machine 1\""},
        {"version", "\nrdmpath machine 2\n", "2: the first line is not \"rdmpath machine 1\""},
        {"no section", "rdmpath machine 1\n\nx = 1\n", "3: stands in no section"},
        {"unknown section", "rdmpath machine 1\n[disc sda]\n", "2: unknown section \"[disc sda]\""},
        {"section without name", "rdmpath machine 1\n[disk]\n", "2: unknown section \"[disk]\""},
        {"section with name", "rdmpath machine 1\n[sysfs x]\n", "2: unknown section \"[sysfs x]\""},
        {"not closed", "rdmpath machine 1\n[disk sda\n", "2: unknown section \"[disk sda\""},
        {"later", "rdmpath machine 1\n[at 1s]\n", "2: unknown section \"[at 1s]\""},
        {"no at", "rdmpath machine 1\n[disk sda]\n", "2: disk sda has no \"at\""},
        {"at too late", "rdmpath machine 1\n[disk sda]\nro = 1\n", "3: disk sda has no \"at\" yet"},
        {"at of another", "rdmpath machine 1\n[disk sda]\nat = h/sdb\n",
         "3: \"at\" of disk sda does not end in its name"},
        {"answer", "rdmpath machine 1\n[disk a]\nat = h/a\ntur = well\n", "4: tur: cannot be \"well\""},
        {"value", "rdmpath machine 1\n[sysfs]\nx = hex 0\n",
         "3: \"x = hex 0\" is neither \"PATH = VALUE\" nor \"PATH -> /TARGET\""},
        {"relative link", "rdmpath machine 1\n[sysfs]\nx -> y\n",
         "3: \"x -> y\" is neither \"PATH = VALUE\" nor \"PATH -> /TARGET\""},
        {"map", "rdmpath machine 1\n[map a]\nfoo = 1\n", "2: map a: a map has no \"foo = 1\""},
        {"map without dev", "rdmpath machine 1\n[map a]\nopen = 1\n", "2: map a: it has no \"dev\""},
        {"maps", "rdmpath machine 1\n[maps]\nfoo\n", "3: \"foo\" is not \"error ENAME\""},
        {"file", "rdmpath machine 1\n[file a]\nfoo\n", "3: \"foo\" is neither \"| LINE\" nor bytes in quotes"},
        {"twice", "rdmpath machine 1\n[file a]\n| x\n[file a]\n", "4: file a stands here twice"},
    };
    for (const auto& row : rows) {
        auto all = parse_snapshot(row.text);
        ASSERT_FALSE(all) << row.name;
        EXPECT_EQ(all.error().what(), row.want) << row.name;
        EXPECT_EQ(all.error().code(), EINVAL) << row.name;
    }
}

// Found by snapshot_fuzz: what "at" stands for is not a line's business, and was not there any more when written.
TEST(Snapshot, ADiskIsWhereItsAtSays) {
    auto all = parse_snapshot("rdmpath machine 1\n[disk c]\nat = host/block/c\ndevice = x\n");
    ASSERT_TRUE(all) << all.error().what();
    EXPECT_EQ((*all)["sysfs devices/host/block/c/device"], "-> /devices/host");
    auto again = parse_snapshot(snapshot_text(Snapshot(*all)));
    ASSERT_TRUE(again) << again.error().what();
    EXPECT_EQ(*again, *all);
}

}  // namespace
}  // namespace rdm
