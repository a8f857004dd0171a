// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/snapshot.h"

#include <gtest/gtest.h>

#include "boot/test_boot.h"
#include "cli/anonymous.h"
#include "cli/claim_verb.h"
#include "cli/config_verb.h"
#include "cli/verbs.h"
#include "kernel/tape.h"
#include "path/test_machine.h"
#include "path/vpd83.h"

// What the issue promises: on a snapshot of a machine every verb says what it says on the machine itself.

namespace rdm {
namespace {

std::string all_of(const Ended& ended) {
    return cat(static_cast<int>(ended.status), '\n', ended.output, "--\n", ended.complaint);
}

/// What a verb says, and what is logged meanwhile.
std::string said(const Options& options, std::string_view cmdline, FakeMachine& machine, DeviceMapper* dm = nullptr) {
    std::string logged;
    Log log([&](LogLevel, const std::string& line) { logged += line + '\n'; });
    Doors doors{machine.sysfs,  machine.files,   machine.scsi,   dm ? *dm : machine.dm,
                machine.blocks, machine.workers, machine.events, log};
    auto line = parse_command_line(cmdline);
    auto ended = options.verb == Verb::config  ? show_config(options, doors.files)
                 : options.verb == Verb::claim ? claim_disk(options, line, doors, false, "")
                                               : perform(options, line, doors);
    return options.verb == Verb::snapshot ? ended.output : cat(all_of(ended), logged);
}

std::string said(Options options, const Snapshot& all) {
    options.snapshot = "-";
    Tape tape(all);
    NoWorkers workers;
    std::string logged;
    Log log([&](LogLevel, const std::string& line) { logged += line + '\n'; });
    auto cmdline = tape.files().read(cmdline_file).value_or("");
    Doors doors{tape, tape.files(), tape, tape, tape, workers, tape, log};
    auto ended = options.verb == Verb::config ? show_config(options, doors.files)
                                              : perform(options, parse_command_line(cmdline), doors);
    return options.verb == Verb::snapshot ? ended.output : cat(all_of(ended), logged);
}

Snapshot parsed(const std::string& text) {
    auto all = parse_snapshot(text);
    EXPECT_TRUE(all) << all.error().what() << '\n' << text;
    return all.value_or(Snapshot{});
}

std::vector<Options> looks() {
    return {{.verb = Verb::list},
            {.verb = Verb::list, .json = true},
            {.verb = Verb::plan},
            {.verb = Verb::explain},
            {.verb = Verb::explain, .subject = "sda"},
            {.verb = Verb::explain, .subject = "8:16"},
            {.verb = Verb::explain, .subject = std::string(boot_wwid)},
            {.verb = Verb::explain, .subject = "nvme0n1"}};
}

struct Case {
    std::string name, text;
};

/// Variations of two paths, and one disk of each kind.
std::vector<Case> cases() {
    const std::string two(boot_machine);
    auto map =
        cat("[map ", boot_wwid, "]\nuuid = mpath-", boot_wwid,
            "\ndev = 254:0\ntable = 0 2048 multipath 0 0 2 1 service-time 0 1 2 8:0 1 1 service-time 0 1 2 8:16 1 1\n"
            "status = 2 0 0 0 2 1 A 0 1 2 8:0 A 0 0 1 E 0 1 2 8:16 F 3 0 1\n");
    auto with = [&](std::string_view name, std::string_view disk_lines, std::string_view rest = "") {
        auto text = two;
        text.insert(text.find("[disk sdb]"), disk_lines);
        return Case{std::string(name), text + std::string(rest)};
    };
    return {
        with("two paths", ""),
        with("their map", "", map),
        {"nothing", "rdmpath machine 1\n[sysfs]\nblock/loop0/size = 0\n"},
        {"each kind", std::string(machine_text)},
        with("silent", "tur = hang\n"),
        with("slow", "tur = good after 7s\n"),
        with("no node", "tur = error EACCES \"sda: sg0: Permission denied\"\n"),
        with("standby", "tur = sense 2 04 0b\n"),
        with("unit attention for ever", "tur = sense 6 29 00\n"),
        with("reservation", "tur = status 0x18\n"),
        with("read fails", "read = host 0x03\n"),
        with("read hangs", "read = hang\n"),
        with("offline", "device/state = offline\n"),
        with("size 0", "size = 0\n"),
        with("no page in sysfs",
             "device/vpd_pg83 = error ENOENT\nvpd 00 = hex 00 00 00 03 00 80 83\n"
             "vpd 83 = hex 00 83 00 14 01 03 00 10 60 01 40 5a ab bc cd d1 12 23 34 45 56 67 78 89\n"),
        with("page denied", "device/vpd_pg83 = error EIO\n"),
        with("no state", "device/state = error ENOENT\n"),
        with("hidden", "hidden = 1\n"),
        with("partition", "sda1/partition = 1\nsda1/start = 8\nsda1/size = 100\n"),
        with("alua", "device/inquiry = hex 00 00 06 12 5b 10 00 02\nrtpg = hex 00 00 00 08 80 00 00 00 00 00 00 01\n"),
    };
}

TEST(SnapshotVerb, EveryLookIsTheSameOnIt) {
    for (const auto& one : cases()) {
        FakeMachine recorded(one.text);
        auto text = said({.verb = Verb::snapshot}, "", recorded);
        auto all = parsed(text);
        const bool in_full = one.name == "their map" || one.name == "each kind";
        for (const auto& options : looks()) {
            if (!in_full && (options.subject || (options.verb == Verb::list && !options.json))) continue;
            FakeMachine machine(one.text);
            EXPECT_EQ(said(options, all), said(options, "", machine)) << one.name << '\n' << text;
        }
        EXPECT_EQ(said({.verb = Verb::snapshot}, all), text) << one.name << ": a snapshot of the snapshot";
        FakeMachine again(one.text);
        EXPECT_EQ(said({.verb = Verb::snapshot}, "", again), text) << one.name << ": another one";
        if (one.name == "no state") continue;  // which a machine of tests has by itself
        FakeMachine reader(text);              // tests read it, too
        EXPECT_EQ(said({.verb = Verb::list}, "", reader), said({.verb = Verb::list}, all)) << one.name;
    }
}

TEST(SnapshotVerb, TheLastAnswerCounts) {
    FakeMachine machine(boot_machine);
    for (auto disk : {"sda", "sdb"}) machine.set(disk, "device/vendor", "TEST");  // LIO-ORG is checked by READ alone
    machine.answer("sda", "tur", "sense 6 29 00 after 1ms");
    machine.events.after(Milliseconds(2), [&] { machine.answer("sda", "tur", "good"); });
    auto text = said({.verb = Verb::snapshot}, "", machine);
    EXPECT_TRUE(text.contains("tur = good\n"));
    EXPECT_FALSE(text.contains("sense 6"));
}

TEST(SnapshotVerb, DeviceMapperThatRefusesIsRecorded) {
    struct : DeviceMapper {
        Result<std::vector<DmMap>> maps() override { return fail(EPERM, "device-mapper: not permitted"); }
        Outcome apply(std::span<const DmAction>, Milliseconds) override { return {}; }
    } refusing;
    FakeMachine recorded(boot_machine);
    auto all = parsed(said({.verb = Verb::snapshot}, "", recorded, &refusing));
    EXPECT_EQ(all.at("maps"), "error EPERM \"device-mapper: not permitted\"");
    for (const auto& options : looks()) {
        FakeMachine machine(boot_machine);
        EXPECT_EQ(said(options, all), said(options, "", machine, &refusing));
    }
}

TEST(SnapshotVerb, FilesOfDecisionsAreInIt) {
    FakeMachine machine(boot_machine);
    machine.files.files = {{"/proc/cmdline", "root=/dev/sda1 rd.mpath=1\n"},
                           {"/etc/multipath.conf", "defaults {\n}\n"},
                           {"/etc/multipath/conf.d/a.conf", "# a\n"},
                           {"/etc/multipath/conf.d/b.txt", "# b\n"},
                           {"/etc/multipath/wwids", "/36001405aabbccdd11223344556677889/\n"},
                           {"/run/udev/data/b8:0", "E:ID_SERIAL=36001405aabbccdd11223344556677889\n"},
                           {"/run/multipath/failed_wwids/3600", ""},
                           {"/etc/shadow", "secret\n"}};
    auto all = parsed(said({.verb = Verb::snapshot}, "", machine));
    for (std::string path : {"/proc/cmdline", "/etc/multipath.conf", "/etc/multipath/conf.d/a.conf",
                             "/etc/multipath/wwids", "/run/udev/data/b8:0"})
        EXPECT_EQ(all[cat("file ", path)], machine.files.files[path]) << path;
    EXPECT_EQ(all["files /run/multipath/failed_wwids"], "/ = 3600");
    EXPECT_FALSE(all.contains("file /etc/shadow"));
    EXPECT_FALSE(all.contains("file /etc/multipath/conf.d/b.txt"));
}

/// What decides on two paths.
struct Deciding {
    std::string_view name, cmdline, conf;
    std::map<std::string, std::string, std::less<>> files;
    std::string_view more = "";  ///< of the machine
    bool in_use = false;         ///< somebody has sda open for himself
};

std::vector<Deciding> deciding() {
    constexpr std::string_view on = "rd.mpath=1 rd.mpath.debug";
    auto wwids = cat("/", boot_wwid, "/\n");
    auto host = std::pair{"/etc/rdmpath/host", "multipath-tools 0.9.4\nwwid-from sg3\n"};
    auto map =
        cat("[map ", boot_wwid, "]\nuuid = mpath-", boot_wwid,
            "\ndev = 254:0\ntable = 0 2048 multipath 0 0 1 1 service-time 0 1 2 8:16 1 1\nstatus = 2 0 0 0 1 1 A 0 1 2 "
            "8:16 A 0 0 1\n");
    static const std::string held = map;
    return {
        {"nobody decided anything", on, "", {}},
        {"nor here, and it is in use", on, "", {}, "", true},
        {"named", "rd.mpath=1 rd.mpath.wwid=36001405aabbccdd11223344556677889", "", {}},
        {"strict", on, "defaults {\n}\n", {{"/etc/multipath/wwids", wwids}}},
        {"strict, in a map", on, "defaults {\n}\n", {}, held},
        {"failed",
         on,
         "defaults {\nfind_multipaths greedy\n}\n",
         {{cat("/run/multipath/failed_wwids/", boot_wwid), ""}}},
        {"greedy", on, "defaults {\nfind_multipaths greedy\n}\n", {}},
        {"mounted",
         on,
         "defaults {\nfind_multipaths greedy\n}\n",
         {{"/proc/self/mountinfo", "1 1 8:0 / / rw - ext4 /dev/sda rw\n"}}},
        {"swap",
         on,
         "defaults {\nfind_multipaths smart\n}\n",
         {{"/proc/swaps", "Filename Type\n/dev/sda1 partition 8 0 -2\n"}}},
        {"smart", on, "defaults {\nfind_multipaths smart\n}\n", {}},
        {"smart, in use", on, "defaults {\nfind_multipaths smart\n}\n", {}, "", true},
        {"smart, one path", on, "defaults {\nfind_multipaths smart\n}\nblacklist {\ndevnode sdb\n}\n", {}},
        {"the file of 0.9",
         on,
         "defaults {\nwwids_file /etc/other\nmax_fds max\n}\nmultipaths {\nmultipath {\nwwid a\nuid daemon\n}\n}\n",
         {{"/etc/other", wwids},
          host,
          {"/etc/passwd", "daemon:x:1:1::/:/bin/sh\n"},
          {"/proc/sys/fs/nr_open", "1048576\n"},
          {"/etc/multipath/conf.d/a.conf", "defaults {\nno_path_retry 7\n}\n"}}},
        {"the host's table, and its rules of udev",
         on,
         "",
         {{"/etc/rdmpath/multipath-t", "devices {\ndevice {\nvendor LIO\nproduct disk\nno_path_retry 3\n}\n}\n"},
          {"/usr/lib/udev/rules.d/55-scsi-sg3_id.rules", "# sg3\n"},
          {"/sys/module/nvme_core/parameters/multipath", "Y\n"},
          {"/run/udev/data/b8:0", "E:ID_SERIAL=36001405aabbccdd11223344556677889\nE:SCSI_IDENT_A=1\n"}}},
        {"sometimes wrong", "rd.mpath=1 rd.mpath.like=0.11", "defaults {\nno_path_retry sometimes\n}\n", {}},
    };
}

std::vector<Options> claims_and_more(bool more) {
    std::vector<Options> all = {{.verb = Verb::claim, .subject = "sda"}, {.verb = Verb::claim, .subject = "/dev/sdb"}};
    if (!more) return all;
    all = looks();
    all.pop_back();
    for (auto disk : {"sda", "/dev/sdb", "8:0", "sdq", "loop0"}) all.push_back({.verb = Verb::claim, .subject = disk});
    all.push_back({.verb = Verb::config});
    all.push_back({.verb = Verb::config, .check = true});
    all.push_back({.verb = Verb::config, .like = Generation::v0_9});
    all.push_back({.verb = Verb::config, .vendor = "LIO-ORG", .product = "disk"});
    return all;
}

TEST(SnapshotVerb, EveryVerbDecidesOnItAsOnTheMachine) {
    for (const auto& one : deciding()) {
        auto make = [&](FakeMachine& machine) {
            for (auto [key, value] : {std::pair("partition", "1"), {"start", "64"}, {"size", "128"}, {"dev", "8:1"}})
                machine.set("sda", cat("sda1/", key), value);
            machine.files.files = {one.files.begin(), one.files.end()};
            machine.files.files["/proc/cmdline"] = one.cmdline;
            if (!one.conf.empty()) machine.files.files["/etc/multipath.conf"] = one.conf;
            if (one.in_use) machine.blocks.in_use = {{8, 0}};
        };
        auto text = cat(boot_machine, "[sysfs]\n", one.more);
        FakeMachine recorded(text);
        make(recorded);
        auto all = parsed(said({.verb = Verb::snapshot}, one.cmdline, recorded));
        for (const auto& options : claims_and_more(one.files.size() > 2)) {
            FakeMachine machine(text);
            make(machine);
            EXPECT_EQ(said(options, all), said(options, one.cmdline, machine))
                << one.name << ", " << rdm::text(options.verb) << ' ' << options.subject.value_or("");
        }
    }
}

constexpr std::string_view secrets = R"(rdmpath machine 1
[disk sda]
at = pci0/host2/rport-2:0-1/target2:0:0/2:0:0:0/block/sda
dev = 8:0
size = 2048
device/vendor = "LIO-ORG "
device/model = "disk            "
device/vpd_pg80 = hex 00 80 00 08 58 59 5a 31 32 33 34 35
device/vpd_pg83 = hex 00 83 00 14 01 03 00 10 60 01 40 5a ab bc cd d1 12 23 34 45 56 67 78 89
[disk sdb]
like = sda
at = pci0/host3/rport-3:0-1/target3:0:0/3:0:0:0/block/sdb
dev = 8:16
[disk sdc]
like = sda
at = pci0/host2/rport-2:0-1/target2:0:0/2:0:0:1/block/sdc
dev = 8:32
device/vpd_pg83 = hex 00 83 00 14 01 03 00 10 60 01 40 50 00 00 00 00 00 00 00 00 00 00 00 01
[sysfs]
class/fc_remote_ports/rport-2:0-1/node_name = 0x50060e8012345600
class/fc_remote_ports/rport-3:0-1/node_name = 0x50060e8012345601
[file /etc/multipath/wwids]
| /36001405aabbccdd11223344556677889/
[file /run/udev/data/b8:0]
| E:ID_SERIAL=36001405aabbccdd11223344556677889
| E:ID_WWN=0x6001405aabbccdd1
| E:ID_WWN_VENDOR_EXTENSION=0x1223344556677889
| E:ID_SCSI_SERIAL=XYZ12345
| E:DM_UUID=mpath-36001405AABBCCDD11223344556677889
)";

Snapshot recorded_secrets(std::string_view more = "") {
    FakeMachine machine(cat(secrets, more));
    return parsed(said({.verb = Verb::snapshot}, "", machine));
}

TEST(Anonymous, NothingOfASerialNumberIsLeftAndDecisionsAreTheSame) {
    auto all = recorded_secrets();
    auto masks = masks_of(all, 0);
    auto text = said({.verb = Verb::snapshot, .anonymous = true}, all);
    for (std::string_view secret : {"aabbccdd", "AABBCCDD", "ab bc cd", "23344556", "34 45 56", "xyz12345", "XYZ12345",
                                    "58 59 5a 31", "12345600", "12345601"})
        EXPECT_FALSE(text.contains(secret)) << secret << '\n' << text;
    for (std::string_view kept : {"6001405", "60 01 40 50 00", "LIO-ORG", "0x50060e8"})
        EXPECT_TRUE(text.contains(kept)) << kept;
    auto masked = parsed(text);
    EXPECT_EQ(masked, masks.snapshot(all));
    for (const auto& options : looks())
        if (!options.subject || options.subject == "sda") {
            EXPECT_EQ(said(options, masked), masks.text(said(options, all)));
        }
    EXPECT_NE(said({.verb = Verb::list}, masked), said({.verb = Verb::list}, all));
}

TEST(Anonymous, EachPlaceSaysTheSame) {
    auto all = recorded_secrets();
    auto masks = masks_of(all, 0);
    auto wwid = masks.text("36001405aabbccdd11223344556677889");
    EXPECT_EQ(masks.text("0x6001405aabbccdd1"), cat("0x", wwid.substr(1, 16)));
    EXPECT_EQ(masks.text("1223344556677889"), wwid.substr(17));
    EXPECT_EQ(lines(masks.snapshot(all)["file /run/udev/data/b8:0"])[0], cat("E:ID_SERIAL=", wwid));
    EXPECT_EQ(masks.text("0x50060E8012345601"), "0x50060E8000000001");
}

TEST(Anonymous, OrderStays) {
    Snapshot all;
    std::string names;
    std::vector<std::string> wwids;
    for (std::string_view digits : {"9", "0", "a", "3", "f", "5", "b", "2"})
        for (std::string_view more : {"7", "1", "c"})
            wwids.push_back(cat("36001405", digits, "bbccdd1122334455667788", more, "9"));
    for (const auto& wwid : wwids) names += cat(wwid, '\n');
    all["file /etc/multipath/wwids"] = names;
    auto masks = masks_of(all, 0);
    for (const auto& a : wwids)
        for (const auto& b : wwids) EXPECT_EQ(masks.text(a) < masks.text(b), a < b) << a << ' ' << b;
    auto words =
        masks_of({{"sysfs a/serial", "= AB123X"}, {"sysfs b/serial", "= AB9ZZZ"}, {"sysfs c/serial", "= ABCDE1"}}, 0);
    EXPECT_LT(words.text("AB123X"), words.text("AB9ZZZ"));
    EXPECT_LT(words.text("AB9ZZZ"), words.text("ABCDE1"));
    EXPECT_EQ(words.text("AB123X").size(), 6U);
}

TEST(Anonymous, WhatAPatternIsAboutStays) {
    auto all = recorded_secrets("[file /etc/multipath.conf]\n| blacklist {\n|  wwid \"^36001405aabb.*\"\n| }\n");
    auto wwid = masks_of(all, 0).text("36001405aabbccdd11223344556677889");
    EXPECT_TRUE(wwid.starts_with("36001405aabb")) << wwid;
    EXPECT_FALSE(wwid.starts_with("36001405aabbc")) << wwid;
    // the whole WWID is masked wherever it stands
    all = recorded_secrets("[file /etc/multipath.conf]\n| multipaths { wwid 36001405aabbccdd11223344556677889 }\n");
    wwid = masks_of(all, 0).text("36001405aabbccdd11223344556677889");
    EXPECT_FALSE(wwid.contains("aabb")) << wwid;
    EXPECT_TRUE(masks_of(all, 0).snapshot(all)["file /etc/multipath.conf"].contains(wwid));
}

/// What becomes of each disk: path or not.
std::string fates(const Snapshot& all) {
    auto text = said({.verb = Verb::explain}, all);
    std::string fates;
    for (auto line : lines(text)) fates += line.contains("in no map") ? '-' : line.contains("path of") ? 'm' : ' ';
    return fates;
}

// The issue: masked without changing any decision. What the patterns tell apart has to stay apart.
TEST(Anonymous, PatternsOnWwidsDecideAsBefore) {
    struct {
        std::string_view pattern, exception;
    } rows[] = {
        {"^36001405aabb", ""}, {"36001405[a-f]+", ""},         {"(aabbccdd|0{8})1122", ""},
        {"7[0-9]89$", ""},     {".", "^3600140[56]a.*[7-9]$"}, {"36001405aabbccdd11223344556677889", "89$"},
    };
    int kept_more = 0;
    for (const auto& row : rows) {
        auto conf =
            cat("[file /etc/multipath.conf]\n| defaults {\n|  find_multipaths yes\n| }\n| blacklist {\n|  wwid \"",
                row.pattern, "\"\n| }\n");
        if (!row.exception.empty()) conf += cat("| blacklist_exceptions {\n|  wwid \"", row.exception, "\"\n| }\n");
        auto all = recorded_secrets(conf);
        EXPECT_EQ(fates(parsed(said({.verb = Verb::snapshot, .anonymous = true}, all))), fates(all))
            << row.pattern << ' ' << row.exception;
        kept_more += fates(masks_of(all, 0).snapshot(all)) == fates(all) ? 0 : 1;
    }
    EXPECT_GT(kept_more, 1) << "as many would be told otherwise by plain masks";
}

TEST(Anonymous, KeepsMoreUntilAllIsKept) {
    auto all = recorded_secrets();
    EXPECT_EQ(masks_of(all, most_wwid).snapshot(all), all);
    for (std::size_t keep = 1; keep < 40; ++keep)
        EXPECT_LE(masks_of(all, keep - 1).text("6001405aabbccdd1"), masks_of(all, keep).text("6001405aabbccdd1"));
}

}  // namespace
}  // namespace rdm
