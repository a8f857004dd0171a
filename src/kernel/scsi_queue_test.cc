// SPDX-License-Identifier: GPL-2.0-or-later
// Attributes as Linux 6.1 shows them for scsi_debug.
#include "kernel/scsi_queue.h"

#include <gtest/gtest.h>

#include "kernel/fake_sysfs.h"

namespace rdm {
namespace {

constexpr std::string_view disk = "devices/pseudo_0/adapter0/host2/target2:0:0/2:0:0:0/block/sda";

struct Queues {
    const char* name;
    std::string_view inflight;
    std::string_view nr_requests;
    std::string_view queue_depth;
    std::string_view host_busy;
    std::string_view can_queue;
    bool crowded;
    std::size_t commands = 1;
};

FakeSysfs machine(const Queues& row) {
    FakeSysfs sysfs;
    sysfs.file(cat(disk, "/inflight"), row.inflight);
    sysfs.file(cat(disk, "/queue/nr_requests"), row.nr_requests);
    sysfs.file(cat(disk, "/device/queue_depth"), row.queue_depth);
    sysfs.file("class/scsi_host/host2/host_busy", row.host_busy);
    sysfs.file("class/scsi_host/host2/can_queue", row.can_queue);
    sysfs.link("dev/block/8:0", cat("../../", disk));
    return sysfs;
}

TEST(ScsiQueue, IsCrowded) {
    const Queues rows[] = {
        {"idle", "       0        0\n", "256\n", "64\n", "0\n", "192\n", false},
        {"some I/O", "       3       28\n", "256\n", "64\n", "31\n", "192\n", false},
        {"half of the disk's depth", "       4       28\n", "256\n", "64\n", "32\n", "192\n", true},
        {"half of the requests", "       2        0\n", "4\n", "64\n", "2\n", "192\n", true},
        {"half of the host, by other disks", "       0        0\n", "256\n", "64\n", "96\n", "192\n", true},
        {"a host of one, idle", "       0        0\n", "2\n", "1\n", "0\n", "1\n", false},
        {"a host of one, busy", "       0        0\n", "2\n", "1\n", "1\n", "1\n", true},
        {"three at once", "       0        0\n", "256\n", "64\n", "0\n", "192\n", false, 3},
        {"three for a disk of four", "       0        0\n", "256\n", "4\n", "0\n", "192\n", true, 3},
        {"three for a host of four", "       0        0\n", "256\n", "64\n", "0\n", "4\n", true, 3},
        {"two for a host of four", "       0        0\n", "256\n", "64\n", "0\n", "4\n", false, 2},
        {"nothing told", "", "", "", "", "", false},
        {"nonsense", "x y z\n", "-1\n", "", "many\n", "0\n", false},
    };
    for (const auto& row : rows) EXPECT_EQ(is_crowded(machine(row), {8, 0}, 2, row.commands), row.crowded) << row.name;
}

TEST(ScsiQueue, UnknownDisk) {
    FakeSysfs sysfs;
    EXPECT_FALSE(is_crowded(sysfs, {8, 0}, 2, 1));
    sysfs.directory("devices/virtual/block/ram0");
    sysfs.link("dev/block/1:0", "../../devices/virtual/block/ram0");
    EXPECT_FALSE(is_crowded(sysfs, {1, 0}, std::nullopt, 1));
}

}  // namespace
}  // namespace rdm
