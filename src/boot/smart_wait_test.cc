// SPDX-License-Identifier: GPL-2.0-or-later
// Expectations: decisions.md 5.3; multipath-tools' 60-multipath.rules, which has systemd trigger "add" when the time is
// over; find_multipaths_timeout -10: ten seconds for hardware that the table knows (LIO-ORG is), one for other.
#include "boot/smart_wait.h"

#include <gtest/gtest.h>

#include "boot/test_boot.h"

namespace rdm {
namespace {

using namespace std::chrono_literals;

constexpr auto at = "devices/pci0/host2/target2:0:0/2:0:0:0/block/sda/uevent=add";
constexpr auto database = "/run/udev/data/b8:0";

Rules mode(std::string_view name) {
    FakeFiles files;
    files.files["/etc/multipath.conf"] = cat("defaults {\n find_multipaths ", name, "\n}\n");
    return read_rules(files, {}, {});
}

struct SmartWaits : testing::Test {
    void start(std::string_view name, int disks = 1) {
        boot.emplace(Duty::run, boot_machine, mode(name));
        if (disks == 1) boot->machine.remove("sdb");
        boot->machine.sysfs.file("devices/pci0/host2/target2:0:0/2:0:0:0/block/sda/uevent", "DEVNAME=sda\n");
        boot->machine.files.files[database] = "E:FIND_MULTIPATHS_WAIT_UNTIL=9.5\nE:DM_MULTIPATH_DEVICE_PATH=1\n";
    }
    [[nodiscard]] std::size_t events() const {
        std::size_t count = 0;
        auto written = boot->machine.sysfs.asked();
        for (auto found = written.find(at); found != std::string::npos; found = written.find(at, found + 1)) ++count;
        return count;
    }
    std::optional<Boot> boot;
};

TEST_F(SmartWaits, UntilTheTimeIsOverAndUdevKnows) {
    start("smart");
    boot->work(10s);
    EXPECT_EQ(events(), 0U);
    boot->work(2s);
    EXPECT_GE(events(), 1U) << "its time is over";
    boot->work(5s);
    EXPECT_GE(events(), 5U) << "udev was slower";
    boot->machine.files.files[database] = "E:FIND_MULTIPATHS_WAIT_UNTIL=0\nE:DM_MULTIPATH_DEVICE_PATH=0\n";
    const auto before = events();
    boot->work(60s);
    EXPECT_EQ(events(), before);
}

TEST_F(SmartWaits, NoLongerThanAMinute) {
    start("smart");
    boot->machine.files.files.erase(database);
    boot->work(100s);
    EXPECT_EQ(events(), 0U) << "nothing is known of it";
    boot->machine.files.files[database] = "E:FIND_MULTIPATHS_WAIT_UNTIL=9.5\n";
    boot->work(100s);
    EXPECT_EQ(events(), 0U);
}

TEST_F(SmartWaits, NotForAMapsPathNorInAnotherMode) {
    for (auto name : {"smart", "yes", "strict"}) {
        start(name, name == std::string_view("smart") ? 2 : 1);
        boot->work(30s);
        EXPECT_EQ(events(), 0U) << name;
    }
}

}  // namespace
}  // namespace rdm
