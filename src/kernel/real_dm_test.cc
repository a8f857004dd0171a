// SPDX-License-Identifier: GPL-2.0-or-later
// What can be said without a kernel of our own; the rest is proved by the boots. Expected numbers: libdevmapper.h,
// DM_UDEV_DISABLE_LIBRARY_FALLBACK 0x0020, DM_SUBSYSTEM_UDEV_FLAG0…2 0x0100, 0x0200, 0x0400.
#include "kernel/real_dm.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>

#include "kernel/fake_sysfs.h"
#include "kernel/path_nodes.h"
#include "kernel/real_events.h"
#include "kernel/suspend_limit.h"
#include "kernel/udev_cookie.h"

namespace rdm {
namespace {

TEST(RealDm, OurUuids) {
    struct {
        std::string_view uuid;
        bool ours;
    } rows[] = {
        {"mpath-3600508b400105e210000900000490000", true},
        {"part1-mpath-3600508b400105e210000900000490000", true},
        {"part15-mpath-3600", true},
        {"", false},
        {"mpath", false},
        {"part", false},
        {"part1", false},
        {"part-mpath-3600", false},
        {"part1mpath-3600", false},
        {"partx-mpath-3600", false},
        {"part1-part2-mpath-3600", false},
        {"LVM-abc", false},
        {"CRYPT-LUKS2-mpath-3600", false},
        {"DMRAID-mpath-", false},
    };
    for (const auto& row : rows) EXPECT_EQ(is_our_uuid(row.uuid), row.ours) << row.uuid;
}

TEST(RealDm, UdevFlags) {
    struct {
        const char* name;
        UdevHint hint;
        bool udev;
        std::uint16_t flags;
    } rows[] = {
        {"new map", UdevHint::none, true, 0x0020},
        {"paths changed", UdevHint::paths_only, true, 0x0120},
        {"no kpartx", UdevHint::no_partitions, true, 0x0220},
        {"no usable path", UdevHint::no_usable_path, true, 0x0420},
        {"nobody but the library makes nodes", UdevHint::none, false, 0},
        {"nor here", UdevHint::no_usable_path, false, 0x0400},
    };
    for (const auto& row : rows) EXPECT_EQ(udev_flags(row.hint, row.udev), row.flags) << row.name;
}

TEST(RealDm, NoDeviceMapperIsAnEmptyList) {
    FakeSysfs sysfs;
    RealDm dm(sysfs);
    auto maps = dm.maps();
    ASSERT_TRUE(maps) << maps.error().what();
    EXPECT_TRUE(maps->empty());
}

// Documentation/admin-guide/device-mapper/dm-multipath: features, handler and groups, each with a count in front.
TEST(RealDm, WithoutHandler) {
    struct {
        std::string_view params, want;
    } rows[] = {
        {"1 queue_if_no_path 1 alua 1 1 service-time 0 1 1 8:0 1", "1 queue_if_no_path 0 1 1 service-time 0 1 1 8:0 1"},
        {"3 pg_init_retries 50 queue_if_no_path 1 rdac 2 1 round-robin 0 1 1 8:0 1 round-robin 0 1 1 8:16 1",
         "3 pg_init_retries 50 queue_if_no_path 0 2 1 round-robin 0 1 1 8:0 1 round-robin 0 1 1 8:16 1"},
        {"0 1 hp_sw 1 1 service-time 0 1 1 8:0 1", "0 0 1 1 service-time 0 1 1 8:0 1"},
        {"0 3 emc 1 0 1 1 service-time 0 1 1 8:0 1", "0 0 1 1 service-time 0 1 1 8:0 1"},
    };
    for (const auto& row : rows) EXPECT_EQ(without_handler(row.params), row.want);
    for (std::string other :
         {"0 0 1 1 service-time 0 1 1 8:0 1", "254:7 34", "", "0", "0 1", "0 1 rdac", "9 1 alua", "99999999999 1 alua"})
        EXPECT_EQ(without_handler(other), other == "0 1 rdac" ? "0 0" : other) << other;
}

// handoff.md 2: without dmsetup nobody completes a cookie.
TEST(RealDm, CookiesAreForUdevWithDmsetup) {
    char folder[] = "/tmp/rdmpath-dmsetup-XXXXXX";
    ASSERT_TRUE(::mkdtemp(folder));
    const std::string root = folder;
    EXPECT_FALSE(has_dmsetup(root));
    for (const std::string below : {"/sbin", "/usr/sbin"}) {
        if (below != "/sbin") ::mkdir((root + "/usr").c_str(), 0755);
        ::mkdir((root + below).c_str(), 0755);
        const auto file = root + below + "/dmsetup";
        ::close(::open(file.c_str(), O_CREAT | O_WRONLY, 0755));
        EXPECT_TRUE(has_dmsetup(root)) << below;
        ::unlink(file.c_str());
        ::rmdir((root + below).c_str());
    }
    EXPECT_FALSE(udev_is_mute(root)) << "no udev, nobody to wait for";
    for (const std::string below : {"/run", "/run/udev", "/run/udev/control"}) ::mkdir((root + below).c_str(), 0755);
    EXPECT_TRUE(udev_is_mute(root));
    for (const std::string below : {"/run/udev/control", "/run/udev", "/run", "/usr", ""})
        ::rmdir((root + below).c_str());
}

TEST(PathNodes, NameIsSysfsOrTheNumber) {
    FakeSysfs sysfs;
    sysfs.file("dev/block/8:16/uevent", "MAJOR=8\nMINOR=16\nDEVNAME=sdb\nDEVTYPE=disk\n");
    EXPECT_EQ(disk_name(sysfs, {8, 16}), "sdb");
    EXPECT_EQ(disk_name(sysfs, {8, 32}), "8:32");
    EXPECT_TRUE(lock_paths(sysfs, std::vector<DevNo>{{8, 32}}, Milliseconds(0)).empty());
}

TEST(SuspendLimit, InterruptsAWait) {
    const Moment start = boot_now();
    SuspendLimit limit(Milliseconds(30));
    EXPECT_FALSE(limit.passed());
    EXPECT_EQ(::poll(nullptr, 0, 5000), -1);
    EXPECT_EQ(errno, EINTR);
    EXPECT_TRUE(limit.passed());
    EXPECT_EQ(::poll(nullptr, 0, 5000), -1) << "and again, for a call that begins late";
    EXPECT_LT(boot_now() - start, std::chrono::seconds(2));
}

TEST(SuspendLimit, LeavesNoTimerBehind) {
    {
        SuspendLimit limit(Milliseconds(20));
    }
    EXPECT_EQ(::poll(nullptr, 0, 60), 0);
}

}  // namespace
}  // namespace rdm
