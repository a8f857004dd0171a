// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/verbs.h"

#include <gtest/gtest.h>

#include "boot/test_boot.h"

// What a person reads from verbs on machines in memory.

namespace rdm {
namespace {

using namespace std::chrono_literals;

struct Verbs : testing::Test {
    Verbs() { command_line.on = true; }
    Ended perform(const Options& options) {
        auto ended = rdm::perform(options, command_line, boot.doors());
        for (const auto& line : boot.lines) log += cat(log.empty() ? "" : "\n", line);
        return ended;
    }
    Boot boot{Duty::look};
    CommandLine command_line;
    std::string log;
};

TEST_F(Verbs, RunSaysWhatItWaitsForAndWhatDidNotCome) {
    command_line.wwids = {"3dead", std::string(boot_wwid)};
    command_line.timeout = 5s;
    boot.machine.add("[at 8s]\nstop\n");
    EXPECT_EQ(perform({.verb = Verb::run}).status, Exit::done);
    EXPECT_TRUE(log.starts_with(cat("waiting for 2 maps: 3dead ", boot_wwid, "\n"))) << log;
    EXPECT_TRUE(
        log.ends_with("\nnot there: 3dead after 5.00 s\n  seen: 2 disks, 0 with this WWID\n"
                      "  to look further: rdmpath list; rdmpath explain"))
        << log;
}

TEST_F(Verbs, RunSaysWhatWasRecordedAndWhatIsSeenInstead) {
    boot.machine.files.files["/etc/rdmpath/host"] =
        "recorded 2026-11-20\n\nmap 3dead\nroles root\nsize 2048\nvendor LIO-ORG\nproduct disk\npaths 4 fcp\n"
        "sysfs-wwid naa.dead\n\ndisk vda\npaths 1 unspec\n";
    for (std::string_view name : {"sda", "sdb"})
        boot.machine.sysfs.file(cat("block/", name, "/device/wwid"), "naa.6001405aabbccdd11223344556677889\n");
    boot.machine.add("[at 31s]\nstop\n");
    EXPECT_EQ(perform({.verb = Verb::run}).status, Exit::done);
    EXPECT_EQ(log, cat("waiting for root: 1 map, 4 paths recorded\n"
                       "not there: 3dead after 30.00 s\n"
                       "  recorded 2026-11-20, roles root, vendor LIO-ORG, product disk, paths 4 fcp\n"
                       "  seen: 2 disks, 0 with this WWID\n"
                       "  of the same make and size: sda sdb; to boot from it once: rd.mpath.wwid=",
                       boot_wwid, "\n  to look further: rdmpath list; rdmpath explain"));
}

TEST_F(Verbs, RunSaysThatThereIsNothing) {
    boot.machine.remove("sdb");
    boot.machine.add("[at 31s]\nstop\n");
    EXPECT_EQ(perform({.verb = Verb::run}).status, Exit::done);
    EXPECT_EQ(log,
              "waiting for disks with two paths or more\n"
              "no disk with two paths or more after 30.00 s\n  seen: 1 disks, 0 wanted\n"
              "  to look further: rdmpath list; rdmpath explain");
}

TEST_F(Verbs, ConflictsAreLoggedOnceAndNotCalledAbsence) {
    boot.machine.set("sdb", "size", "4096");
    auto ended = perform({.verb = Verb::assemble});
    EXPECT_EQ(ended.status, Exit::missing);
    EXPECT_EQ(ended.complaint, "no disk whose paths make a map");
    EXPECT_EQ(log, cat(boot_wwid, ": its paths differ in size or block size\n",
                       "sdb: size 4096 differs from 2048 of sda (sectors of 512 bytes)"));
}

TEST_F(Verbs, AssembleSaysThatThereIsNothing) {
    boot.machine.remove("sdb");
    auto ended = perform({.verb = Verb::assemble});
    EXPECT_EQ(ended.complaint, "no disk with two paths or more");
    EXPECT_EQ(log, "");
}

TEST_F(Verbs, WaitEndsWithTheKernelCommandLinesTimeout) {
    EXPECT_EQ(perform({.verb = Verb::wait}).status, Exit::missing);
    EXPECT_EQ(boot.machine.events.now(), Moment(30s));
    EXPECT_EQ(perform({.verb = Verb::wait, .timeout = 2s}).status, Exit::missing);
    EXPECT_EQ(boot.machine.events.now(), Moment(32s));
}

// UEFI wants a protective MBR before a GPT header (map/partition_table.cc).
TEST_F(Verbs, ThePartitionTablesNoteIsLoggedOnce) {
    boot.machine.add(
        "[disk sdd]\nat = pci0/host5/target5:0:0/5:0:0:0/block/sdd\ndev = 8:48\nsize = 2048\nsg = sg3 21:3\n"
        "device/vendor = \"LIO-ORG \"\ndevice/model = \"disk            \"\n"
        "device/vpd_pg83 = hex 00 83 00 14 01 03 00 10 60 01 40 5a ab bc cd d1 12 23 34 45 56 67 79 00\n"
        "content = hex 45 46 49 20 50 41 52 54 @ 512\n");
    std::string wwid = "36001405aabbccdd11223344556677900";
    EXPECT_EQ(perform({.verb = Verb::assemble, .wwids = {wwid}}).status, Exit::done);
    EXPECT_TRUE(log.contains(cat(wwid, ": partition table: GPT without protective MBR ignored"))) << log;
}

constexpr std::string_view recorded =
    "wwid-from sg3\n\nmap 3600a\nroles root\nsysfs-wwid naa.600a\nsysfs-wwid t10.A  B\n\ndisk sda\nroles "
    "root\nsysfs-wwid naa.5000\n";

// What hooks rely on: status 1 is off, and no line means that all disks matter.
TEST_F(Verbs, ScopeSaysWhetherItIsOnAndWhichDisksMatter) {
    struct {
        std::string_view record, command_line, want;
    } rows[] = {
        {recorded, "", "1 "},
        {recorded, "rd.mpath=2", "1 "},
        {recorded, "rd.mpath nompath", "1 "},
        {recorded, "rd.mpath=1", "0 naa.600a\nt10.A  B\nnaa.5000\n"},
        {recorded, "rd.mpath=1 rd.mpath.scope=all", "0 "},
        {recorded, "rd.mpath=1 rd.mpath.wwid=3600a", "0 naa.600a\nt10.A  B\nnaa.5000\n"},
        {recorded, "rd.mpath=1 rd.mpath.wwid=3600b", "0 "},
        {"", "rd.mpath=1", "0 "},
        {"", "rd.mpath=1 rd.mpath.scope=root", "0 "},
        {"maps unknown\n", "rd.mpath=1", "0 "},
        {"map 3600a\n", "rd.mpath=1", "0 "},
        {"disk sda\nsysfs-wwid naa.5000\n", "rd.mpath=1", "0 "},
        {"\nmap 3600a\nsysfs-wwid naa.1\\x0anaa.2\n", "rd.mpath=1", "0 naa.1\\x0anaa.2\n"},
    };
    for (const auto& row : rows) {
        boot.machine.files.files["/etc/rdmpath/host"] = row.record;
        auto ended = rdm::perform({.verb = Verb::scope}, parse_command_line(row.command_line), boot.doors());
        EXPECT_EQ(cat(static_cast<int>(ended.status), ' ', ended.output, ended.complaint), row.want)
            << row.command_line << ", " << row.record;
    }
}

}  // namespace
}  // namespace rdm
