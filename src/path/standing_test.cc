// SPDX-License-Identifier: GPL-2.0-or-later
// Expectations: /proc/self/mountinfo, /proc/swaps and sysfs as Linux 6.1 shows them on such systems.
#include "path/standing.h"

#include <gtest/gtest.h>

#include "kernel/fake_files.h"
#include "kernel/fake_sysfs.h"

namespace rdm {
namespace {

struct Standings : testing::Test {
    void device(const std::string& at, std::string_view dev, std::string_view uuid = "", std::string_view name = "") {
        sysfs.file(cat("devices/", at, "/dev"), cat(dev, '\n'));
        auto base = at.substr(at.rfind('/') + 1);
        sysfs.link(cat("dev/block/", dev), cat("/devices/", at));
        sysfs.link(cat("class/block/", base), cat("/devices/", at));
        if (!uuid.empty()) sysfs.file(cat("devices/", at, "/dm/uuid"), cat(uuid, '\n'));
        if (!name.empty()) sysfs.file(cat("devices/", at, "/dm/name"), cat(name, '\n'));
        places[base] = at;
    }
    void on(const std::string& upper, std::initializer_list<const char*> lower) {
        for (const auto* one : lower)
            sysfs.link(cat("devices/", places[upper], "/slaves/", one), cat("/devices/", places[one]));
    }
    Standings() {
        for (std::string name : {"sda", "sdb", "sdc"}) {
            auto minor = (name[2] - 'a') * 16;
            device(cat("pci0/host0/", name), cat("8:", minor));
            sysfs.directory(cat("devices/pci0/host0/", name, "/device"));
            device(cat("pci0/host0/", name, "/", name, "1"), cat("8:", minor + 1));
            sysfs.file(cat("devices/pci0/host0/", name, "/", name, "1/partition"), "1\n");
        }
        device("virtual/block/dm-0", "254:0", "mpath-3600a", "root");
        on("dm-0", {"sda", "sdb"});
        device("virtual/block/dm-1", "254:1", "part1-mpath-3600a", "root-part1");
        on("dm-1", {"dm-0"});
        device("virtual/block/dm-2", "254:2", "CRYPT-LUKS2-x", "luks");
        on("dm-2", {"dm-1"});
        device("virtual/block/dm-3", "254:3", "LVM-x", "vg-root");
        on("dm-3", {"dm-2", "sdc1"});
        device("virtual/block/dm-4", "254:4", "LVM-y", "vg-swap");
        on("dm-4", {"sdc1"});
        device("virtual/block/zram0", "252:0");
        device("virtual/block/loop0", "7:0");
    }
    std::string found(std::string_view mounts, std::string_view swaps = "",
                      const std::vector<std::string>& named = {}) {
        FakeFiles files;
        files.files["/proc/self/mountinfo"] = mounts;
        files.files["/proc/swaps"] = cat("Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n", swaps);
        std::string all;
        for (const auto& [key, roles] : boot_stands_on(sysfs, files, named))
            all += cat(all.empty() ? "" : "; ", key, ":", roles);
        return all;
    }
    FakeSysfs sysfs;
    std::map<std::string, std::string> places;
};

std::string mount(std::string_view dev, std::string_view point, std::string_view kind = "ext4",
                  std::string_view source = "/dev/x") {
    return cat("29 1 ", dev, " / ", point, " rw,relatime shared:1 - ", kind, ' ', source, " rw\n");
}

TEST_F(Standings, ThroughEverythingBetween) {
    EXPECT_EQ(found(mount("254:1", "/")), "sda: root; sdb: root");
    EXPECT_EQ(found(mount("254:0", "/")), "sda: root; sdb: root");
    EXPECT_EQ(found(mount("8:1", "/")), "sda: root");
    EXPECT_EQ(found(mount("8:0", "/")), "sda: root");
    EXPECT_EQ(found(mount("254:3", "/")), "sda: root; sdb: root; sdc: root")
        << "LVM over LUKS over a partition, and a disk";
}

TEST_F(Standings, UsrAndSwapBesideRoot) {
    EXPECT_EQ(found(mount("254:1", "/") + mount("8:33", "/usr") + mount("8:1", "/home"),
                    "/dev/dm-1                               partition\t999\t0\t-2\n/dev/zram0 partition 1 0 100\n"
                    "/swapfile file 1 0 -3\n/dev/gone partition 1 0 -4\n"),
              "sda: root swap; sdb: root swap; sdc: usr");
    EXPECT_EQ(found(mount("254:1", "/"), "/dev/dm-4 partition 1 0 -2\n"), "sda: root; sdb: root; sdc: swap");
}

// /sys/power/resume has the device that resume= named, also while nobody swaps to it.
TEST_F(Standings, WhatItWouldBeResumedFrom) {
    sysfs.file("power/resume", "0:0\n");
    EXPECT_EQ(found(mount("254:1", "/")), "sda: root; sdb: root");
    sysfs.file("power/resume", "254:4\n");
    EXPECT_EQ(found(mount("254:1", "/")), "sda: root; sdb: root; sdc: resume");
    EXPECT_EQ(found(""), "");
    EXPECT_EQ(found(mount("254:1", "/"), "", {"254:1"}), "sda: root named; sdb: root named");
}

TEST_F(Standings, AllDevicesOfABtrfs) {
    sysfs.link("fs/btrfs/aaaa/devices/dm-1", "/devices/virtual/block/dm-1");
    sysfs.link("fs/btrfs/aaaa/devices/sdc1", "/devices/pci0/host0/sdc/sdc1");
    sysfs.link("fs/btrfs/bbbb/devices/sdb1", "/devices/pci0/host0/sdb/sdb1");
    sysfs.directory("fs/btrfs/features");
    EXPECT_EQ(found(mount("0:25", "/", "btrfs", "/dev/mapper/root-part1")), "sda: root; sdb: root; sdc: root");
    EXPECT_EQ(found(mount("0:25", "/", "btrfs", "/dev/sdb1")), "sdb: root");
    EXPECT_EQ(found(mount("0:25", "/", "btrfs", "/dev/root")), "") << "nobody has it";
}

TEST_F(Standings, NamedDevicesInPlaceOfRoot) {
    EXPECT_EQ(found(mount("8:33", "/"), "", {"254:1"}), "sda: named; sdb: named");
    EXPECT_EQ(found(mount("8:33", "/"), "/dev/dm-1 partition 1 0 -2\n", {"/dev/sda1", "sdb1"}),
              "sda: swap named; sdb: swap named");
    EXPECT_EQ(found(mount("254:1", "/"), "", {"8:0"}), "sda: root named") << "what stands there is said all the same";
    EXPECT_EQ(found("", "", {"8:0"}), "sda: named");
    EXPECT_EQ(found(mount("8:33", "/"), "", {"sdx", "loop0", "9:9"}), "");
}

// hosts.md 7.18: images are built in chroots and containers.
TEST_F(Standings, UnknownIsNotNone) {
    EXPECT_EQ(found(""), "");
    EXPECT_EQ(found("x\n- -\n29 1 8:1 / /\n"), "");
    EXPECT_EQ(found(mount("0:55", "/", "overlay", "overlay")), "");
    EXPECT_EQ(found(mount("0:55", "/", "btrfs", "/dev/sdb1")), "") << "no /sys/fs/btrfs";
    EXPECT_EQ(found(mount("0:25", "/", "tmpfs", "-"), "/dev/dm-1 partition 1 0 -2\n"), "");
    EXPECT_EQ(found(mount("7:0", "/")), "") << "a loop device";
    EXPECT_EQ(found(mount("9:9", "/")), "") << "not in sysfs";
    EXPECT_EQ(found(mount("254:1", "/boot")), "");
}

TEST_F(Standings, ARingEnds) {
    on("dm-2", {"dm-3"});
    EXPECT_EQ(found(mount("254:3", "/")), "sda: root; sdb: root; sdc: root");
}

}  // namespace
}  // namespace rdm
