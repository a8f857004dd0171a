// SPDX-License-Identifier: GPL-2.0-or-later
#include "boot/path_partitions.h"

#include <gtest/gtest.h>

#include "boot/test_boot.h"
#include "map/test_rules.h"

// The kernel's own partitions of paths: handoff.md 3.

namespace rdm {
namespace {

using namespace std::chrono_literals;

constexpr std::string_view wwid = boot_wwid;

/// The two disks of boot_machine, each with a partition that the kernel has found and, as its content is zero, in a
/// format that only the kernel reads.
struct Partitioned : Boot {
    explicit Partitioned(Duty duty, Rules all = {}) : Boot(duty, cat(boot_machine, "[sysfs]\n"), std::move(all)) {
        machine.blocks.on_forget = [this](DevNo disk, unsigned number) {
            const auto at = machine.sysfs.real_path(cat("dev/block/", text(disk))).value_or("");
            machine.sysfs.remove(cat(at, "/", at.substr(at.rfind("/") + 1), number));
        };
        show("sda");
        show("sdb");
    }
    void show(std::string_view disk, std::string_view number = "1", std::string_view start = "64") {
        for (auto [key, value] : {std::pair("partition", number), {"start", start}, {"size", "128"}})
            machine.set(disk, cat(disk, number, '/', key), value);
    }
    [[nodiscard]] bool shows(std::string_view disk, std::string_view number = "1") const {
        return machine.sysfs.exists(cat("block/", disk, '/', disk, number));
    }
    [[nodiscard]] std::string forgotten() const {
        std::string all;
        for (std::string_view rest = machine.blocks.asked(); !rest.empty();) {
            const auto one = rest.substr(0, rest.find("; "));
            rest.remove_prefix(std::min(rest.size(), one.size() + 2));
            if (one.starts_with("forget")) all += cat(all.empty() ? "" : "; ", one);
        }
        return all;
    }
};

TEST(PathPartitions, GoOnceTheMapsAreThere) {
    for (Duty duty : {Duty::run, Duty::assemble}) {
        Partitioned boot(duty);
        bool early = false;
        auto forget = boot.machine.blocks.on_forget;
        boot.machine.blocks.on_forget = [&](DevNo disk, unsigned number) {
            early = early || !boot.machine.dm.map(cat(wwid, "-part1"));
            forget(disk, number);
        };
        boot.work(5s);
        EXPECT_TRUE(boot.machine.dm.map(cat(wwid, "-part1")));
        EXPECT_EQ(boot.forgotten(), "forget 8:0 1; forget 8:16 1");
        EXPECT_FALSE(early);
    }
}

TEST(PathPartitions, OfALatePathGoToo) {
    Partitioned boot(Duty::run);
    boot.work(2s);
    boot.machine.arrive("sdc");
    boot.show("sdc");
    boot.work(2s);
    EXPECT_EQ(boot.forgotten(), "forget 8:0 1; forget 8:16 1; forget 8:32 1");
}

// partprobe, or a new look of the kernel's at the disk.
TEST(PathPartitions, GoAgainWhenTheKernelFindsThemAgain) {
    Partitioned boot(Duty::run);
    boot.work(2s);
    boot.show("sda");
    boot.machine.uevent("add", "devices/pci0/host2/target2:0:0/2:0:0:0/block/sda/sda1",
                        "SUBSYSTEM=block DEVTYPE=partition");
    boot.work(2s);
    EXPECT_EQ(boot.forgotten(), "forget 8:0 1; forget 8:16 1; forget 8:0 1");
    boot.show("sdb");
    boot.machine.lose_uevents();
    boot.work(2s);
    EXPECT_FALSE(boot.shows("sdb"));
}

// What the map has not, stays: else nobody would have it.
TEST(PathPartitions, StayWhereTheMapHasNone) {
    Partitioned boot(Duty::run);
    boot.show("sdb", "2", "512");  // sda was judged first, and has none
    boot.work(2s);
    EXPECT_EQ(boot.forgotten(), "forget 8:0 1; forget 8:16 1");
    EXPECT_TRUE(boot.shows("sdb", "2"));
}

TEST(PathPartitions, StayIfAskedFor) {
    Partitioned boot(Duty::run, {.keep_partitions = true});
    boot.work(5s);
    EXPECT_EQ(boot.forgotten(), "");
}

TEST(PathPartitions, StayWhereNobodyWantsPartitionMaps) {
    Partitioned boot(Duty::run, test_rules({{Keyword::find_multipaths, "off"}, {Keyword::skip_kpartx, "yes"}}));
    boot.work(5s);
    EXPECT_EQ(boot.forgotten(), "");
}

TEST(PathPartitions, WhoOnlyLooksTakesNothing) {
    Partitioned boot(Duty::assemble, {.keep_partitions = true});
    boot.work(5s);
    for (Duty duty : {Duty::wait, Duty::look}) {
        Engine other(boot.doors(), no_rules, duty);
        ASSERT_TRUE(other.work(boot.machine.events.now() + 2s));
    }
    EXPECT_EQ(boot.forgotten(), "");
}

TEST(PathPartitions, OneInUseStaysAndIsNoTrouble) {
    Partitioned boot(Duty::run);
    boot.machine.blocks.busy_partitions = true;
    boot.work(60s);
    EXPECT_EQ(boot.forgotten(), "forget 8:0 1; forget 8:16 1") << "not tried for ever";
    EXPECT_EQ(boot.said("in use"), "");
}

// The paths have no partitions any more, and the format is one that we do not read: the map's stay.
TEST(PathPartitions, AreNotMissedByTheNextOne) {
    Partitioned boot(Duty::assemble);
    boot.work(5s);
    ASSERT_FALSE(boot.shows("sda") || boot.shows("sdb"));
    boot.machine.dm.forget_asked();
    for (Duty duty : {Duty::assemble, Duty::run, Duty::wait}) {
        Engine again(boot.doors(), no_rules, duty);
        ASSERT_TRUE(again.work(boot.machine.events.now() + 10s));
        EXPECT_TRUE(again.missing().empty());
    }
    EXPECT_EQ(boot.machine.dm.asked(), "");
    EXPECT_TRUE(boot.machine.dm.map(cat(wwid, "-part1")));
}

}  // namespace
}  // namespace rdm
