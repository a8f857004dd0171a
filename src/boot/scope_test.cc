// SPDX-License-Identifier: GPL-2.0-or-later
// What a boot costs that knows its disks: handoff.md 4 and 5 (a foreign disk next to nothing, the recorded set counts
// as named), and that knowing the wrong ones costs a second and never the boot.
#include <gtest/gtest.h>

#include "boot/test_boot.h"

namespace rdm {
namespace {

using namespace std::chrono_literals;

constexpr std::string_view root_attribute = "naa.6001405aabbccdd11223344556677889";

/// As the hardware table has it for LIO-ORG (decisions.md, multipath-tools 0.14.3).
constexpr std::string_view both_paths = "1 queue_if_no_path 0 1 1 service-time 0 2 2 8:0 1 1 8:16 1 1";

/// Counts what is read of each disk.
struct CountingSysfs : Sysfs {
    explicit CountingSysfs(FakeSysfs& all) : sysfs(all) {}
    [[nodiscard]] Result<std::string> read(std::string_view path) const override {
        for (const auto& [name, count] : reads)
            if (path.starts_with(cat("block/", name, '/'))) {
                ++reads[name];
                break;
            }
        return sysfs.read(path);
    }
    [[nodiscard]] Result<std::vector<std::string>> list(std::string_view path) const override {
        return sysfs.list(path);
    }
    [[nodiscard]] Result<std::string> real_path(std::string_view path) const override { return sysfs.real_path(path); }
    Result<void> write(std::string_view path, std::string_view text) override { return sysfs.write(path, text); }
    FakeSysfs& sysfs;
    mutable std::map<std::string, int> reads;
};

/// Root's two paths, and two to another disk that would be a map.
struct ScopedBoot : Boot {
    explicit ScopedBoot(Duty duty, std::string_view attribute = root_attribute)
        : Boot(duty), sysfs(machine.sysfs), scoped(rules_with(attribute)) {
        for (std::string_view name : {"sda", "sdb"}) machine.sysfs.file(attribute_of(name), cat(root_attribute, '\n'));
        for (int n = 0; n < 2; ++n) {
            auto name = n ? "sdy" : "sdx";
            const auto host = cat(7 + n);
            machine.add(cat("[disk ", name, "]\nat = pci1/host", host, "/target", host, ":0:0/", host, ":0:0:0/block/",
                            name, "\ndev = 65:", n * 16, cat("\nsg = sg", host, " 21:", host),
                            "\nsize = 2048\ndevice/vendor = LIO-ORG\ndevice/model = disk\ndevice/rev = 4.0\n"
                            "device/vpd_pg83 = hex 00 83 00 14 01 03 00 10 60 01 40 5a ff ff ff ff 12 23 34 45 56 67 "
                            "78 89\ndevice/wwid = naa.6001405affffffff1223344556677889\n"));
            sysfs.reads[name] = 0;
        }
    }
    static std::string attribute_of(std::string_view name) { return cat("block/", name, "/device/wwid"); }
    static Rules rules_with(std::string_view attribute) {
        FakeFiles files;
        files.files["/etc/rdmpath/host"] = cat("\n\nmap ", boot_wwid, "\nsysfs-wwid ", attribute, '\n');
        return read_rules(files, {}, {});
    }
    void work_scoped(Duty duty, Milliseconds time) {
        Doors all{sysfs, machine.files, machine.scsi, dm, machine.blocks, workers, events, log};
        Engine one(all, scoped, duty);
        ASSERT_TRUE(one.work(machine.events.now() + time));
        missing = one.missing();
        decided = one.decided();
    }
    CountingSysfs sysfs;
    Rules scoped;
    std::vector<std::string> missing{"not asked"};
    Coalesced decided;
};

TEST(ScopedBoot, AForeignDiskCostsOneAttributeAndNoQuestion) {
    ScopedBoot boot(Duty::look);
    boot.work_scoped(Duty::assemble, 60s);
    EXPECT_EQ(boot.table(), both_paths);
    EXPECT_TRUE(boot.missing.empty());
    EXPECT_LT(boot.machine.events.now(), Moment(100ms));
    EXPECT_EQ(boot.sysfs.reads["sdx"], 2) << "it was there, and its uevent came";
    EXPECT_FALSE(boot.machine.scsi.asked().contains("sdx")) << boot.machine.scsi.asked();
    EXPECT_EQ(boot.machine.dm.maps()->size(), 1U);

    boot.work_scoped(Duty::wait, 1s);
    EXPECT_TRUE(boot.missing.empty());
    EXPECT_EQ(boot.sysfs.reads["sdx"], 3);
    boot.work_scoped(Duty::run, 60s);
    EXPECT_EQ(boot.sysfs.reads["sdx"], 4) << "nothing is lacking";
    EXPECT_FALSE(boot.machine.scsi.asked().contains("sdx")) << boot.machine.scsi.asked();
}

TEST(ScopedBoot, AWrongRecordCostsASecondNotTheBoot) {
    ScopedBoot boot(Duty::look, "naa.changed");
    boot.work_scoped(Duty::run, 1500ms);
    EXPECT_EQ(boot.table(), both_paths);
    EXPECT_FALSE(boot.machine.scsi.asked().contains("sdx")) << "its WWID is known, and nobody wants it";
    boot.work_scoped(Duty::wait, 0s);
    EXPECT_TRUE(boot.missing.empty()) << "the map holds its paths";
}

TEST(ScopedBoot, DisksThatKeepComingDoNotPutItOffForEver) {
    ScopedBoot boot(Duty::look, "naa.changed");
    for (int n = 0; n < 12; ++n) {
        boot.machine.events.after(n * 900ms, [&] { boot.machine.remove("sdx"); });
        boot.machine.events.after(n * 900ms + 100ms, [&] { boot.machine.arrive("sdx"); });
    }
    boot.work_scoped(Duty::run, 7s);
    EXPECT_NE(boot.table(), "none");
}

TEST(ScopedBoot, ADiskWithoutTheAttributeIsLookedAt) {
    ScopedBoot boot(Duty::look);
    boot.machine.sysfs.unlink(boot.attribute_of("sdb"));
    boot.work_scoped(Duty::assemble, 60s);
    EXPECT_EQ(boot.table(), both_paths);
}

TEST(ScopedBoot, ALatePathJoins) {
    ScopedBoot boot(Duty::look);
    boot.machine.remove("sdb");
    boot.machine.events.after(3s, [&] {
        boot.machine.arrive("sdb");
        boot.machine.sysfs.file(boot.attribute_of("sdb"), cat(root_attribute, '\n'));
    });
    boot.work_scoped(Duty::run, 9s);
    EXPECT_EQ(boot.table(), both_paths);
}

TEST(ScopedBoot, WhoLooksSeesAllAndWhy) {
    ScopedBoot boot(Duty::look);
    boot.work_scoped(Duty::look, 60s);
    ASSERT_EQ(boot.decided.maps.size(), 1U);
    EXPECT_EQ(boot.decided.maps[0].reasons[0].why, "named");
    ASSERT_EQ(boot.decided.refused.size(), 1U);
    EXPECT_EQ(
        boot.decided.refused[0].reason,
        "left to the main system (rd.mpath.scope=root); for one boot: rd.mpath.wwid=36001405affffffff1223344556677889");
}

/// As the kernel has it where drivers are not bound by themselves (drivers/base/bus.c): one LUN has a driver.
struct DriverlessBoot : ScopedBoot {
    explicit DriverlessBoot(std::string_view attribute, std::string_view automatic = "0\n")
        : ScopedBoot(Duty::look, attribute) {
        machine.sysfs.file("bus/scsi/drivers_autoprobe", automatic);
        for (auto name : {"host2", "target2:0:0", "2:0:0:0", "7:0:0:0"})
            machine.sysfs.file(cat("bus/scsi/devices/", name, "/uevent"), "");
        machine.sysfs.directory("bus/scsi/devices/2:0:0:0/driver");
    }
    static constexpr std::string_view bound = "bus/scsi/drivers_autoprobe=1; bus/scsi/devices/7:0:0:0/uevent=add";
};

/// What the kernel says of a LUN (drivers/scsi/scsi_sysfs.c), and has of it.
void lun_appears(DriverlessBoot& boot, std::string_view name, std::string_view attribute) {
    boot.machine.sysfs.file(cat("bus/scsi/devices/", name, "/wwid"), cat(attribute, '\n'));
    Event event;
    event.kind = Event::Kind::uevent;
    event.uevent = {"add", cat("devices/pci0/host7/target7:0:0/", name), {{"SUBSYSTEM", "scsi"}}};
    boot.machine.events.push(event);
}

TEST(ScopedBoot, ADiskThatTheBootNeedsGetsItsDriverAtOnce) {
    DriverlessBoot boot(root_attribute);
    boot.machine.sysfs.file("bus/scsi/drivers_probe", "");
    boot.machine.events.after(1s, [&] {
        lun_appears(boot, "7:0:0:1", root_attribute);
        lun_appears(boot, "7:0:0:2", "naa.6001405affffffff1223344556677889");
        lun_appears(boot, "7:0:0:3", "");
    });
    boot.work_scoped(Duty::run, 2s);
    EXPECT_EQ(boot.machine.sysfs.asked(), "bus/scsi/drivers_probe=7:0:0:1");

    DriverlessBoot automatic(root_attribute, "1\n");
    automatic.machine.sysfs.file("bus/scsi/drivers_probe", "");
    lun_appears(automatic, "7:0:0:1", root_attribute);
    automatic.work_scoped(Duty::run, 2s);
    EXPECT_EQ(automatic.machine.sysfs.asked(), "") << "the kernel does so";
}

/// Linux 6.12.117: -EPROBE_DEFER, as "Invalid argument", until device_add() has gone on (drivers/base/dd.c).
TEST(ScopedBoot, ADiskThatIsNotReadyForItsDriverIsAskedAgain) {
    struct NotReady : CountingSysfs {
        using CountingSysfs::CountingSysfs;
        Result<void> write(std::string_view path, std::string_view text) override {
            if (path == "bus/scsi/drivers_probe" && --refusals >= 0) return fail(EINVAL, "not yet");
            return CountingSysfs::write(path, text);
        }
        int refusals = 2;
    };
    DriverlessBoot boot(root_attribute);
    boot.machine.sysfs.file("bus/scsi/drivers_probe", "");
    NotReady sysfs(boot.machine.sysfs);
    lun_appears(boot, "7:0:0:1", root_attribute);
    Engine run({sysfs, boot.machine.files, boot.machine.scsi, boot.dm, boot.machine.blocks, boot.workers,
                boot.machine.events, boot.log},
               boot.scoped, Duty::run);
    ASSERT_TRUE(run.work(boot.machine.events.now() + 2s));
    EXPECT_EQ(boot.machine.sysfs.asked(), "bus/scsi/drivers_probe=7:0:0:1");
    EXPECT_EQ(sysfs.refusals, -1);
}

TEST(ScopedBoot, DriversForAllWhenAWantedDiskHasNone) {
    DriverlessBoot boot("naa.changed");
    for (auto name : {"sda", "sdb"}) boot.machine.remove(name);
    boot.work_scoped(Duty::run, 4s);
    EXPECT_EQ(boot.machine.sysfs.asked(), "");
    boot.work_scoped(Duty::run, 6s);
    EXPECT_EQ(boot.machine.sysfs.asked(), DriverlessBoot::bound);
}

TEST(ScopedBoot, DriversForAllWhenTheBootIsLong) {
    DriverlessBoot boot(root_attribute);
    boot.work_scoped(Duty::run, 9s);
    EXPECT_EQ(boot.machine.sysfs.asked(), "") << "root is there";
    boot.machine.events.after(9s, [&] {
        Event event;
        event.kind = Event::Kind::uevent;
        event.uevent = {"add", "devices/pci0/host7/target7:0:0/7:0:0:0", {{"SUBSYSTEM", "scsi"}}};
        boot.machine.events.push(event);
    });
    boot.work_scoped(Duty::run, 18s);
    EXPECT_EQ(boot.machine.sysfs.asked(), "") << "devices keep coming";
    boot.work_scoped(Duty::run, 11s);
    EXPECT_EQ(boot.machine.sysfs.asked(), DriverlessBoot::bound);
}

TEST(ScopedBoot, DriversAreTheKernelsBusinessElsewhere) {
    DriverlessBoot automatic(root_attribute, "1\n");
    automatic.work_scoped(Duty::run, 30s);
    EXPECT_EQ(automatic.machine.sysfs.asked(), "");
    DriverlessBoot unknown("");
    unknown.work_scoped(Duty::run, 30s);
    EXPECT_EQ(unknown.machine.sysfs.asked(), "") << "no disk is recorded";
    DriverlessBoot waiting("naa.changed");
    waiting.work_scoped(Duty::wait, 30s);
    EXPECT_EQ(waiting.machine.sysfs.asked(), "") << "only one acts";
}

TEST(ScopedBoot, PartitionsAreNamedAsTheHostNamesThem) {
    FakeFiles files;
    EXPECT_EQ(read_rules(files, {}, {}).delimiter, "-part");
    files.files["/etc/rdmpath/host"] = "partition-delimiter p\n";
    EXPECT_EQ(read_rules(files, {}, {}).delimiter, "p");
}

}  // namespace
}  // namespace rdm
