// SPDX-License-Identifier: GPL-2.0-or-later
#include "kernel/machine.h"

#include <gtest/gtest.h>

#include "kernel/fake_steps.h"

// The machine text is our own format: what is expected here is what kernel/machine.h promises.

namespace rdm {
namespace {

constexpr std::string_view sample = R"(rdmpath machine 1
# a comment
[cmdline]
rd.mpath=1 root=LABEL=root

[disk sda]
at = pci0000:00/0000:00:05.0/virtio1/host2/target2:0:0/2:0:0:0/block/sda
dev = 8:0
size = 131072
sg = sg0 21:0
device/vendor = "QEMU    \x0a"
device/state = running
device/vpd_pg83 = hex 00 83 00 04
  00 01
  # a comment between
  02 03
tur = good after 3ms
vpd 83 = hex 008300
read = sense 3 11 00
content = hex 55 aa @ 510

[disk sdb]
like = sda
at = pci0000:00/0000:00:06.0/virtio2/host3/target3:0:0/3:0:0:0/block/sdb
dev = 8:16
present = no
tur = hang

[sysfs]
class/fc_host/host2/port_name = 0x50060e8012345600
block/dm-0 -> ../devices/virtual/block/dm-0

[map a\x20b]
uuid = mpath-3600
dev = 254:0
open = 1
table = 0 131072 multipath 0 0 1 1 service-time 0 1 2 8:0 1 1
status = 2 0 0 0 1 1 A 0 1 2 8:0 A 0 0 1

[at 1.5s]
add sdb
answer sda tur = status 0x18 after 2s
set sda device/state = offline
uevent change dm-0 DM_ACTION=PATH_FAILED DM_PATH=8:0
message a fail_path 8:0
lose uevents
stop
)";

TEST(Machine, ReadsEverySection) {
    auto machine = parse_machine(sample);
    ASSERT_TRUE(machine) << machine.error().what();
    EXPECT_EQ(machine->cmdline, "rd.mpath=1 root=LABEL=root");
    ASSERT_EQ(machine->disks.size(), 2u);
    const auto& sda = machine->disks[0];
    EXPECT_EQ(sda.dev, (DevNo{8, 0}));
    EXPECT_EQ(sda.sg_dev, (DevNo{21, 0}));
    EXPECT_EQ(sda.sectors, 131072u);
    EXPECT_EQ(sda.attributes.at("device/vendor").text, "QEMU    \n");
    EXPECT_EQ(sda.attributes.at("device/state").text, "running\n");
    EXPECT_EQ(sda.attributes.at("device/vpd_pg83").text, std::string("\x00\x83\x00\x04\x00\x01\x02\x03", 8));
    EXPECT_EQ(sda.answers.at("tur").after, Milliseconds(3));
    EXPECT_EQ(sda.answers.at("read").answer.sense, (Sense{3, 0x11, 0}));
    EXPECT_EQ(sda.content.at(510), (Buffer{0x55, 0xaa}));
    const auto& sdb = machine->disks[1];
    EXPECT_EQ(sdb.attributes, sda.attributes);
    EXPECT_FALSE(sdb.present);
    EXPECT_FALSE(sdb.sg_dev);
    EXPECT_TRUE(sdb.answers.at("tur").hangs);
    EXPECT_EQ(machine->sysfs.at("block/dm-0").kind, MachineNode::Kind::link);
    ASSERT_EQ(machine->maps.size(), 1u);
    EXPECT_EQ(machine->maps[0].name, "a b");
    EXPECT_EQ(machine->maps[0].table[0].params, "0 0 1 1 service-time 0 1 2 8:0 1 1");
    auto steps = parse_steps(*machine);
    ASSERT_TRUE(steps) << steps.error().what();
    ASSERT_EQ(steps->size(), 7u);
    EXPECT_EQ((*steps)[1].at, Milliseconds(1500));
    EXPECT_EQ((*steps)[1].answer.answer.status, 0x18);
    EXPECT_EQ((*steps)[3].subject, "change dm-0");
}

TEST(Machine, EveryPrefixIsReadOrRefused) {
    for (std::size_t length = 0; length < sample.size(); ++length) (void)parse_machine(sample.substr(0, length));
}

TEST(Machine, BadTextNamesItsLine) {
    constexpr std::string_view disk = "[disk sda]\nat = h/block/sda\ndev = 8:0\n";
    struct {
        std::string_view name, text, want;
    } rows[] = {
        {"empty", "", "1: the first line is not \"rdmpath machine 1\""},
        {"other version", "rdmpath machine 2\n", "1: the first line is not \"rdmpath machine 1\""},
        {"no section", "rdmpath machine 1\n\nx = 1\n", "3: stands in no section"},
        {"unknown section", "rdmpath machine 1\n[disc sda]\n", "2: unknown section \"[disc sda]\""},
        {"section not closed", "rdmpath machine 1\n[disk sda\n", "2: unknown section \"[disk sda\""},
        {"disk without at", "rdmpath machine 1\n[disk sda]\ndev = 8:0\n[sysfs]\n", "2: disk sda has no \"at\""},
        {"at of another", "rdmpath machine 1\n[disk sda]\nat = h/block/sdb\n",
         "2: \"at\" of disk sda does not end in its name"},
        {"disk without dev", "rdmpath machine 1\n[disk sda]\nat = h/block/sda\n", "2: disk sda has no \"dev\""},
        {"bad dev", "rdmpath machine 1\n[disk sda]\ndev = 8\n", "3: dev: cannot be \"8\""},
        {"bad answer", "rdmpath machine 1\n[disk sda]\ntur = well\n", "3: tur: cannot be \"well\""},
        {"bad hex", "rdmpath machine 1\n[disk sda]\nx = hex 0\n", "3: x: cannot be \"hex 0\""},
        {"bad quote", "rdmpath machine 1\n[disk sda]\nx = \"a\n", "3: x: cannot be \"\"a\""},
        {"bad content", "rdmpath machine 1\n[disk sda]\ncontent = hex 00\n", "3: content: not \"hex … @ OFFSET\""},
        {"like nobody", "rdmpath machine 1\n[disk sda]\nlike = sdb\n", "3: like: no disk sdb above"},
        {"no equals", "rdmpath machine 1\n[disk sda]\nx\n",
         "3: \"x\" is neither \"PATH = VALUE\" nor \"PATH -> TARGET\""},
        {"map key", "rdmpath machine 1\n[map a]\nfoo = 1\n", "2: map a: a map has no \"foo = 1\""},
        {"map table", "rdmpath machine 1\n[map a]\ntable = 0 linear\n", "2: map a: a map has no \"table = 0 linear\""},
        {"bad step", "rdmpath machine 1\n[at 1s]\njump\n", "3: jump: unknown step"},
        {"step without disk", "rdmpath machine 1\n[at 1s]\nremove sdb\n", "3: remove sdb: no such disk"},
        {"bad time", "rdmpath machine 1\n[at soon]\n", "2: unknown section \"[at soon]\""},
    };
    for (const auto& row : rows) {
        auto machine = parse_machine(row.text);
        auto steps = machine ? parse_steps(*machine) : std::unexpected(machine.error());
        ASSERT_FALSE(steps) << row.name;
        EXPECT_EQ(steps.error().what(), row.want) << row.name;
        EXPECT_EQ(steps.error().code(), EINVAL) << row.name;
    }
    auto twice = parse_machine(cat("rdmpath machine 1\n", disk, disk));
    ASSERT_FALSE(twice);
    EXPECT_EQ(twice.error().what(), "5: disk sda stands here twice");
}

}  // namespace
}  // namespace rdm
