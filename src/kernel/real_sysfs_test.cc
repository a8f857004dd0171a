// SPDX-License-Identifier: GPL-2.0-or-later
#include "kernel/real_sysfs.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <thread>

namespace rdm {
namespace {

namespace fs = std::filesystem;

/// A small tree of the shape of sysfs, with a secret beside it that nothing may reach.
struct RealSysfsTest : testing::Test {
    RealSysfsTest() {
        char name[] = "/tmp/rdmpath-sysfs-XXXXXX";
        top = ::mkdtemp(name);
        fs::create_directories(top / "sys/devices/host2/2:0:0:0/block/sda");
        fs::create_directories(top / "sys/block");
        put(top / "secret", "secret");
        put(top / "sys/devices/host2/2:0:0:0/block/sda/size", "131072\n");
        put(top / "sys/devices/host2/2:0:0:0/vpd_pg83", std::string("\0\x83\0\0", 4));
        put(top / "sys/devices/host2/2:0:0:0/state", "running\n");
        fs::create_symlink("../../../2:0:0:0", top / "sys/devices/host2/2:0:0:0/block/sda/device");
        fs::create_symlink("../devices/host2/2:0:0:0/block/sda", top / "sys/block/sda");
        fs::create_symlink("../../secret", top / "sys/block/up");
        fs::create_symlink("/secret", top / "sys/block/absolute");
        fs::create_symlink("loop", top / "sys/block/loop");
    }
    ~RealSysfsTest() override { fs::remove_all(top); }
    static void put(const fs::path& path, const std::string& bytes) { std::ofstream(path) << bytes; }

    fs::path top;
};

TEST_F(RealSysfsTest, ReadsThroughLinks) {
    auto sysfs = RealSysfs::open(top / "sys");
    ASSERT_TRUE(sysfs);
    EXPECT_EQ(sysfs->word("block/sda/size"), "131072");
    EXPECT_EQ(sysfs->read("block/sda/device/vpd_pg83"), std::string("\0\x83\0\0", 4));
    EXPECT_EQ(*sysfs->list("block"), (std::vector<std::string>{"absolute", "loop", "sda", "up"}));
    EXPECT_EQ(*sysfs->list(""), (std::vector<std::string>{"block", "devices"}));
    EXPECT_EQ(sysfs->real_path("block/sda"), "devices/host2/2:0:0:0/block/sda");
    EXPECT_EQ(sysfs->real_path("block/sda/device"), "devices/host2/2:0:0:0");
    EXPECT_EQ(sysfs->real_path("/block//sda/./device/.."), "devices/host2");
}

TEST_F(RealSysfsTest, NeverLeavesItsRoot) {
    auto sysfs = *RealSysfs::open(top / "sys");
    for (std::string_view path : {"block/up", "block/absolute", "../secret", "/secret", "block/../../secret"}) {
        EXPECT_EQ(sysfs.read(path).error().code(), ENOENT) << path;
        EXPECT_EQ(sysfs.real_path(path).error().code(), ENOENT) << path;
    }
    EXPECT_EQ(sysfs.real_path("../.."), "");
    EXPECT_EQ(sysfs.real_path("block/loop").error(), (Error{ELOOP, "block/loop: Too many levels of symbolic links"}));
}

TEST_F(RealSysfsTest, ErrorsNameThePath) {
    auto sysfs = *RealSysfs::open(top / "sys");
    EXPECT_EQ(sysfs.read("block/sdb/size").error(), (Error{ENOENT, "block/sdb/size: No such file or directory"}));
    EXPECT_EQ(sysfs.list("block/a\nb").error().what(), "block/a\\x0ab: No such file or directory");
    EXPECT_EQ(sysfs.list("block/sda/size").error().code(), ENOTDIR);
    EXPECT_EQ(sysfs.write("block/sda/none", "1").error().code(), ENOENT);
    EXPECT_EQ(RealSysfs::open(top / "none").error().code(), ENOENT);
}

TEST_F(RealSysfsTest, WritesAndBoundsWhatItReads) {
    auto sysfs = *RealSysfs::open(top / "sys");
    EXPECT_TRUE(sysfs.write("block/sda/device/state", "offline"));
    EXPECT_EQ(sysfs.word("block/sda/device/state"), "offline");
    put(top / "sys/huge", std::string(100000, 'x'));
    EXPECT_EQ(sysfs.read("huge")->size(), 65536u);
}

// The directory of the last reads stays open: another disk may have the name by now.
TEST_F(RealSysfsTest, ReadsOfTheDiskThatHasTheNameNow) {
    auto sysfs = *RealSysfs::open(top / "sys");
    for (int n = 0; n < 3; ++n) EXPECT_EQ(sysfs.word("block/sda/device/state"), "running");
    fs::remove_all(top / "sys/devices/host2");
    EXPECT_EQ(sysfs.read("block/sda/device/state").error().code(), ENOENT);
    fs::create_directories(top / "sys/devices/host2/2:0:0:0/block/sda");
    fs::create_symlink("../../../2:0:0:0", top / "sys/devices/host2/2:0:0:0/block/sda/device");
    put(top / "sys/devices/host2/2:0:0:0/state", "offline\n");
    EXPECT_EQ(sysfs.word("block/sda/device/state"), "offline");
}

// While anything is renamed anywhere, the kernel will not say that ".." stays in the root: openat2(2), EAGAIN.
TEST_F(RealSysfsTest, ReadsWhileFilesAreRenamed) {
    auto sysfs = *RealSysfs::open(top / "sys");
    put(top / "one", "");
    int failed = 0;
    {
        const std::jthread renames([this](const std::stop_token& stop) {
            while (!stop.stop_requested()) {
                fs::rename(top / "one", top / "two");
                fs::rename(top / "two", top / "one");
            }
        });
        for (int n = 0; n < 5000; ++n) {
            failed += !sysfs.read("block/sda/size");
            failed += !sysfs.read("block/sda/device/state");
            failed += !sysfs.list("block/sda");
            failed += sysfs.real_path("block/sda") != "devices/host2/2:0:0:0/block/sda";
        }
    }
    EXPECT_EQ(failed, 0);
}

TEST_F(RealSysfsTest, WorksWhenTheNameIsGone) {
    auto sysfs = *RealSysfs::open(top / "sys");
    fs::rename(top / "sys", top / "moved");
    EXPECT_EQ(sysfs.word("block/sda/size"), "131072");
    EXPECT_EQ(sysfs.real_path("block/sda"), "devices/host2/2:0:0:0/block/sda");
}

}  // namespace
}  // namespace rdm
