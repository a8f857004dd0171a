// SPDX-License-Identifier: GPL-2.0-or-later
// Expectations: the sketches of `rdmpath explain` (screens), drawn by hand for these worlds.
#include "cli/explain.h"

#include <gtest/gtest.h>

#include "cli/sample_world.h"

namespace rdm {
namespace {

/// The assembled map, a disk of one path and one without a WWID.
World everything() {
    auto world = sample::assembled();
    world.paths.push_back(sample::lone_disk("sda", 0, "3500a0751e1b2c3d4", "VPD 83h, NAA 5"));
    world.paths.push_back(sample::lone_disk("sdz", 400, "", "VPD 83h: cut short"));
    world.decided.refused = {{"3500a0751e1b2c3d4", "one path only; name it with rd.mpath.wwid=3500a0751e1b2c3d4"}};
    return world;
}

TEST(Explain, PathOfAMap) {
    constexpr std::string_view want = R"(sdb is a path of 360060e80123456780000000000000001, group 1.
  wwid      360060e80123456780000000000000001  VPD 83h, NAA 6
  disk      HITACHI OPEN-V, 100 GiB, revision 5001, serial 50 0001
  address   2:0:0:1, 8:16, sg1, fcp 50060e8012345600
  state     up                                 TUR good after 0.3 ms
  access    optimized                          port group 1, handler alua
  priority  50                                 sysfs access_state
  group     1 of 2, active                     group_by_prio: all paths have ALUA priorities
  decision  yes                                named
  queueing  off                                no_path_retry fail: /etc/multipath.conf:14
  kernel    active in dm-0
)";
    for (auto subject : {"sdb", "/dev/sdb", "8:16"}) EXPECT_EQ(explain_text(everything(), subject), want) << subject;
}

TEST(Explain, SilentPath) {
    auto text = explain_text(everything(), "sdd").value();
    EXPECT_TRUE(text.contains("\n  state     pending                            no answer to TUR for 7 s\n")) << text;
    EXPECT_TRUE(text.ends_with("\n  kernel    failed in dm-0\n")) << text;
}

TEST(Explain, NotAssembledYet) {
    auto world = sample::four_paths();
    world.paths[0].kernel_state = "offline";
    world.paths[0].priority = -1;
    auto text = explain_text(world, "sdb").value();
    EXPECT_TRUE(text.contains("\n  device    offline                            sysfs state\n")) << text;
    EXPECT_TRUE(text.contains("\n  priority  unknown                            sysfs")) << text;
    EXPECT_TRUE(text.contains("\n  group     1 of 2                             group_by_prio")) << text;
    EXPECT_TRUE(text.ends_with("\n  kernel    no map yet\n")) << text;
}

TEST(Explain, DiskInNoMap) {
    EXPECT_EQ(explain_text(everything(), "sda"), R"(sda is not a path of any map.
  wwid          3500a0751e1b2c3d4  VPD 83h, NAA 5
  disk          ATA CT500MX500SSD1, 466 GiB, revision 5001, serial 50 0001
  address       0:0:0:0, 8:0, sg0, ata
  state         up                 TUR good after 0.3 ms
  decision      no: one path only
  to change it  name it with rd.mpath.wwid=3500a0751e1b2c3d4
)");
    EXPECT_EQ(explain_text(everything(), "sdz"), R"(sdz is not a path of any map.
  wwid      none  VPD 83h: cut short
  disk      ATA CT500MX500SSD1, 466 GiB, revision 5001, serial 50 0001
  address   0:0:0:0, 8:400, sg25, ata
  state     up    TUR good after 0.3 ms
  decision  no: no WWID: VPD 83h: cut short
)");
}

TEST(Explain, RulesOfADisk) {
    auto world = everything();
    Rules rules;
    rules.config.files = {"/etc/multipath.conf"};
    Section row{.source = {.kind = Source::Kind::table}, .settings = {}};
    row.set(Keyword::vendor, "HITACHI", row.source);
    row.set(Keyword::product, "^OPEN-", row.source);
    world.rules = &rules;
    world.paths[0].hardware = {&row};
    world.paths[4].excluded = "devnode \"^sda\" in blacklist: /etc/multipath.conf:4";
    auto text = explain_text(world, "sdb").value();
    EXPECT_TRUE(
        text.contains("\n  hardware   HITACHI ^OPEN-                     hardware table 0.14\n"
                      "  blacklist  not listed                         5 types checked\n"))
        << text;
    text = explain_text(world, "sda").value();
    EXPECT_TRUE(
        text.contains("  hardware      unknown            no row of the hardware table matches\n"
                      "  excluded      yes                devnode \"^sda\" in blacklist: "
                      "/etc/multipath.conf:4\n"))
        << text;
    rules.config.exceptions.wwid = {{"^3600", {.kind = Source::Kind::file, .line = 9}}};
    text = explain_text(world, "sdb").value();
    EXPECT_TRUE(
        text.contains("  blacklist  excepted                           wwid \"^3600\" in "
                      "blacklist_exceptions: /etc/multipath.conf:9\n"))
        << text;
}

// Typed into the shell that a boot without its root ends in.
TEST(Explain, WhatIsWantedAndNowhere) {
    auto world = everything();
    Rules rules;
    rules.named = {"3dead", std::string(sample::wwid), "3500a0751e1b2c3d4"};
    world.rules = &rules;
    EXPECT_TRUE(explain_text(world, std::nullopt)->ends_with("\n3dead is wanted, but no disk has it\n"));
    EXPECT_EQ(explain_text(world, "3dead"),
              "3dead is wanted, but no disk has it.\n  seen: 6 disks, 0 with this WWID\n"
              "  to look further: rdmpath list; rdmpath explain\n");
    EXPECT_FALSE(explain_text(world, "3bee")) << "nobody wants it";
    world.paths.clear();
    world.decided = {};
    world.present.clear();
    EXPECT_TRUE(explain_text(world, std::nullopt)->starts_with("no disk found\n3dead is wanted,"));
}

TEST(Explain, WhoChecksAndWhoGivesPriorities) {
    auto world = everything();
    world.paths[0].checker = Checker::tur;
    world.paths[0].checker_from = "path_checker tur: default";
    world.paths[0].prioritizer_from = "detect_prio: access_state in sysfs";
    world.paths[4].checker = Checker::unknown;
    world.paths[4].checker_from = "path_checker fast: /etc/multipath.conf:3: there is no such checker";
    auto in_words = [&](std::string_view disk) {
        auto text = explain_text(world, std::string(disk)).value();
        std::string all;
        for (auto word : words(text)) all += cat(word, ' ');
        return all;
    };
    auto path = in_words("sdb");
    EXPECT_TRUE(path.contains("ms checker tur path_checker tur: default ")) << path;
    EXPECT_TRUE(path.contains(" prio sysfs detect_prio: access_state in sysfs priority 50 sysfs access_state "))
        << path;
    path = in_words("sda");
    EXPECT_TRUE(path.contains(" checker none path_checker fast: /etc/multipath.conf:3: there is no such ")) << path;
}

TEST(Explain, Wwid) {
    constexpr std::string_view want = R"(360060e80123456780000000000000001 is a map: usable, 3 of 4 paths.
  disk      HITACHI OPEN-V, 100 GiB
  decision  yes             named
  selector  service-time 0  default
  queueing  off             no_path_retry fail: /etc/multipath.conf:14
  grouping  2 groups        group_by_prio: all paths have ALUA priorities
  group 1   sdb sdf         prio 50, active
  group 2   sdd sdh         prio 10, ready
  kernel    dm-0, opened 2 times
)";
    for (auto subject : {std::string(sample::wwid), cat("/dev/mapper/", sample::wwid)})
        EXPECT_EQ(explain_text(everything(), subject), want);
    auto lone = explain_text(everything(), "3500a0751e1b2c3d4").value();
    EXPECT_TRUE(lone.starts_with("3500a0751e1b2c3d4 is not a map; it is the WWID of 1 disk.\n\nsda is not a path"));
}

TEST(Explain, MapWithoutAnyPath) {
    auto world = sample::assembled();
    world.paths.clear();
    world.decided.maps.clear();
    EXPECT_EQ(explain_text(world, std::string(sample::wwid)),
              R"(360060e80123456780000000000000001 is a map of the kernel, but no path of it was found.
  disk    100 GiB
  kernel  dm-0, opened 2 times
)");
}

TEST(Explain, EveryDisk) {
    EXPECT_EQ(explain_text({}, std::nullopt), "no disk found\n");
    EXPECT_EQ(explain_text(everything(), std::nullopt),
              R"(sdb  8:16   up       path of 360060e80123456780000000000000001, group 1
sdd  8:48   pending  path of 360060e80123456780000000000000001, group 2
sdf  8:80   up       path of 360060e80123456780000000000000001, group 1
sdh  8:112  up       path of 360060e80123456780000000000000001, group 2
sda  8:0    up       in no map: one path only
sdz  8:400  up       in no map: no WWID: VPD 83h: cut short
)");
}

TEST(Explain, Unknown) {
    struct {
        World world;
        std::string subject, want;
    } rows[] = {
        {{}, "sda", "sda: no disk and no WWID known here; no disk was found at all"},
        {everything(), "/dev/sdq", "/dev/sdq: no disk and no WWID known here; nearest: sda, sdb, sdd"},
        {everything(), "sdb1", "sdb1: no disk and no WWID known here; nearest: sdb"},
        {everything(), "3500a0751e1b2c3d5",
         "3500a0751e1b2c3d5: no disk and no WWID known here; nearest: 3500a0751e1b2c3d4"},
        {everything(), "x\ny--------",
         "x\\x0ay--------: no disk and no WWID known here; \"rdmpath explain\" shows all 6"},
        {everything(), "", ": no disk and no WWID known here; \"rdmpath explain\" shows all 6"},
    };
    for (auto& row : rows) {
        auto got = explain_text(row.world, row.subject);
        ASSERT_FALSE(got) << *got;
        EXPECT_EQ(got.error(), (Error{ENOENT, std::string(row.want)}));
    }
}

TEST(Explain, HostileText) {
    auto world = everything();
    world.paths[4].vendor = "A\nT\"A";
    world.paths[4].serial = std::string("\0x", 2);
    world.paths[4].wwid_from = "VPD\r83h";
    auto text = explain_text(world, "sda").value();
    EXPECT_TRUE(text.contains("A\\x0aT\"A CT500")) << text;
    EXPECT_TRUE(text.contains("serial \\x00x\n")) << text;
    EXPECT_TRUE(text.contains("VPD\\x0d83h\n")) << text;
}

}  // namespace
}  // namespace rdm
