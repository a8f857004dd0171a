// SPDX-License-Identifier: GPL-2.0-or-later
#include "boot/map_keeper.h"

#include <gtest/gtest.h>

#include "boot/test_boot.h"
#include "map/test_rules.h"

// What becomes of maps, in which order, on machines in memory.

namespace rdm {
namespace {

using namespace std::chrono_literals;

constexpr std::string_view wwid = boot_wwid;

/// Behind boot_wwid in every order.
std::string wwid_of(int n) { return cat("36001405aabbccdd112233445566779", n, "0"); }

/// A disk with one path, /dev/sdX for the number n < 10.
std::string disk(int n) {
    std::string name = cat("sd", char('k' + n));
    return cat("[disk ", name, "]\nat = pci0/host1", n, "/target1", n, ":0:0/1", n, ":0:0:0/block/", name) +
           cat("\ndev = 65:", 16 * n, "\nsize = 2048\nsg = sg1", n, " 21:1", n,
               "\ndevice/vpd_pg83 = hex 00 83 00 14 01 03 00 10 60 01 40 5a ab bc cd d1 12 23 34 45 56 67 79 ", n,
               "0\ndevice/vendor = \"LIO-ORG \"\ndevice/model = \"disk            \"\n");
}

std::string disks(int count) {
    std::string text = "rdmpath machine 1\n";
    for (int n = 0; n < count; ++n) text += disk(n);
    return text;
}

std::vector<std::string> wwids(int count) {
    std::vector<std::string> all;
    for (int n = 0; n < count; ++n) all.push_back(wwid_of(n));
    return all;
}

TEST(MapKeeper, ReadersLeaveAWorkerToTheNextBatch) {
    Boot boot(Duty::run, disks(9), {.named = wwids(9)});
    boot.workers.batch_takes = 5ms;
    boot.machine.events.after(1ms, [&] {
        for (int n = 0; n < 9; ++n) boot.machine.answer(cat("sd", char('k' + n)), "read", "hang");
    });
    std::size_t most = 0;
    std::function<void()> watch = [&] {
        most = std::max(most, boot.machine.workers.running());
        boot.machine.events.after(10ms, watch);
    };
    watch();
    boot.work(3s);
    EXPECT_EQ(most, 6U);
}

TEST(MapKeeper, NamedMapsAreReadFirst) {
    Boot first(Duty::assemble, disks(9), {.named = wwids(9)});
    first.work(60s);
    auto before = first.machine.blocks.asked();
    Rules others{.named = {wwid_of(8)}};
    Engine second(first.doors(), others, Duty::run);
    ASSERT_TRUE(second.work(first.machine.events.now() + 1s));
    auto named = first.machine.dm.map(wwid_of(8))->dev.minor;
    EXPECT_TRUE(first.machine.blocks.asked().substr(before.size()).starts_with(cat("; dm-", named, ";")))
        << first.machine.blocks.asked();
}

TEST(MapKeeper, AReloadHoldsUpNoOtherMap) {
    Boot boot(Duty::run, boot_machine, {.named = {std::string(wwid), wwid_of(0)}});
    boot.work(1500ms);
    boot.machine.dm.forget_asked();
    boot.machine.arrive("sdc");
    boot.machine.answer("sda", "tur", "host 0x01");
    boot.machine.add(disk(0));
    boot.work(1s);
    auto asked = boot.machine.dm.asked();
    auto reload = asked.find("reload");
    ASSERT_NE(reload, std::string::npos) << asked;
    EXPECT_LT(asked.find(cat("create ", wwid_of(0))), reload) << asked;
    EXPECT_GT(asked.rfind("fail_path 8:0"), reload) << "a reload resets failed paths";
}

// skip_kpartx: decisions.md 2.5 and 11.1; the main system's kpartx is kept from the map, too.
TEST(MapKeeper, MakesNoPartitionsWhereNobodyWantsThem) {
    for (std::string_view skip : {"yes", "no"}) {
        Boot boot(Duty::assemble, cat(boot_machine, "[sysfs]\n"),
                  test_rules({{Keyword::find_multipaths, "off"}, {Keyword::skip_kpartx, skip}}));
        for (auto [key, value] : {std::pair("partition", "1"), {"start", "64"}, {"size", "128"}})
            boot.machine.set("sdb", cat("sdb1/", key), value);
        boot.work(60s);
        EXPECT_EQ(boot.machine.dm.map(cat(wwid, "-part1")).has_value(), skip == "no");
        EXPECT_EQ(boot.machine.blocks.asked().empty(), skip == "yes") << "nor is it read";
        EXPECT_TRUE(boot.engine.missing().empty()) << skip;
    }
}

// A path on standby gives the kernel no partition table to read.
TEST(MapKeeper, TakesTheKernelsPartitionsFromAnyPath) {
    Boot boot(Duty::assemble, cat(boot_machine, "[sysfs]\n"));
    for (auto [key, value] : {std::pair("partition", "1"), {"start", "64"}, {"size", "128"}})
        boot.machine.set("sdb", cat("sdb1/", key), value);
    boot.work(60s);
    auto part = boot.machine.dm.map(cat(wwid, "-part1"));
    ASSERT_TRUE(part);
    EXPECT_EQ(part->table[0].sectors, 128U);
}

// Each decision looks at everything: what is read meanwhile goes into one.
TEST(MapKeeper, PartitionTablesShareADecision) {
    Boot boot(Duty::assemble, cat(disks(9), "[sysfs]\n"), {.named = wwids(9)});
    for (int n = 0; n < 9; ++n)
        for (auto [key, value] : {std::pair("partition", "1"), {"start", "64"}, {"size", "128"}}) {
            const auto name = cat("sd", char('k' + n));
            boot.machine.set(name, cat(name, "1/", key), value);
        }
    boot.machine.events.after(1ms, [&] {
        for (int n = 0; n < 9; ++n)
            boot.machine.answer(cat("sd", char('k' + n)), "read", cat("good after ", 2 + n, "ms"));
    });
    boot.work(60s);
    for (const auto& one : wwids(9)) EXPECT_TRUE(boot.machine.dm.map(cat(one, "-part1"))) << one;
    EXPECT_EQ(boot.workers.started, 9 + 3)
        << "readers, a batch of maps, one of partitions, and who takes the kernel's away";
}

// A hook looks for root by any name once `wait` is back, and some are udev's. What udev writes when: has_links().
TEST(MapKeeper, WaitComesBackWhenUdevHasMadeTheLinks) {
    struct {
        std::string_view name;
        std::optional<Milliseconds> takes;
        std::string_view mark;  // what the entry says more
        bool udev;
        Milliseconds want;
    } rows[] = {
        {"at once", 0ms, "", true, 0ms},
        {"a while later", 3s, "", true, 3s},
        {"never", std::nullopt, "", true, 10s},
        {"of a map without a path", 0ms, "E:MPATH_DEVICE_READY=0\n", true, 10s},
        {"no udev", std::nullopt, "", false, 0ms},
    };
    for (const auto& row : rows) {
        Boot boot(Duty::wait, cat(boot_machine, "[sysfs]\n"));
        for (auto [key, value] : {std::pair("partition", "1"), {"start", "64"}, {"size", "128"}})
            boot.machine.set("sdb", cat("sdb1/", key), value);
        Engine other(boot.doors(), no_rules, Duty::assemble);
        ASSERT_TRUE(other.work(Moment(1s)));
        const auto from = boot.machine.events.now();
        boot.neighbours.udev = row.udev;
        boot.machine.udev_takes = row.takes;
        const auto maps = boot.machine.dm.maps().value();
        for (const auto& map : maps)
            if (map.name != wwid) boot.machine.announce(map, row.mark);
        boot.work(60s);
        const auto took = boot.machine.events.now() - from;
        EXPECT_GE(took, row.want) << row.name;
        EXPECT_LT(took, row.want + 200ms) << row.name;
        EXPECT_TRUE(boot.engine.missing().empty()) << row.name;
    }
}

// One look, and then the truth.
TEST(MapKeeper, WaitSaysThatLinksAreMissing) {
    Boot boot(Duty::wait);
    Engine other(boot.doors(), no_rules, Duty::assemble);
    ASSERT_TRUE(other.work(Moment(1s)));
    boot.machine.udev_takes.reset();
    boot.machine.announce(*boot.machine.dm.map(wwid));
    boot.work(0s);
    EXPECT_EQ(boot.engine.missing(), std::vector<std::string>{std::string(wwid)});
}

// What sg_inq --export has escaped, libdevmapper gives back plain: the map is the disk's all the same.
TEST(MapKeeper, KnowsAMapWhoseNameIsEscaped) {
    std::string machine(boot_machine);
    for (const char* dev : {"8:0", "8:16", "8:32"})
        machine += cat("[file /run/udev/data/b", dev,
                       "]\n| E:ID_SERIAL=1COMPAQ_HSV110_\\x28C\\x29COMPAQ2012\n| E:SCSI_IDENT_SERIAL=2012\n");
    Rules rules = test_rules({{Keyword::find_multipaths, "off"}});
    rules.config.exceptions.property = {{"SCSI_IDENT_", {}}};
    Boot boot(Duty::run, machine + "[sysfs]\n", std::move(rules));
    for (auto [key, value] : {std::pair("partition", "1"), {"start", "64"}, {"size", "128"}})
        boot.machine.set("sdb", cat("sdb1/", key), value);
    boot.work(2s);
    boot.machine.arrive("sdc");
    boot.machine.answer("sda", "tur", "host 0x01");
    boot.work(10s);
    boot.machine.answer("sda", "tur", "good");
    boot.work(10s);
    EXPECT_EQ(boot.said("already"), "");
    EXPECT_EQ(boot.active(), "sda sdb sdc");
    EXPECT_TRUE(boot.engine.missing().empty());
    EXPECT_TRUE(boot.machine.dm.map("1COMPAQ_HSV110_(C)COMPAQ2012"));  // as boot 24 has it
    const auto asked = boot.machine.dm.asked();
    const auto partition = asked.rfind("create");
    EXPECT_EQ(asked.find("create", 1), partition) << asked;
    EXPECT_TRUE(asked.substr(partition).starts_with("create 1COMPAQ_HSV110_(C)COMPAQ2012-part1;")) << asked;
}

}  // namespace
}  // namespace rdm
