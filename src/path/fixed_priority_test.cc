// SPDX-License-Identifier: GPL-2.0-or-later
#include "path/fixed_priority.h"

#include <gtest/gtest.h>

#include "kernel/fake_sysfs.h"

namespace rdm {
namespace {

Path path_with(Prioritizer prio) {
    Path path;
    path.name = "sda";
    path.sys_path = "devices/host2/session5/target2:0:0/2:0:0:1/block/sda";
    path.scsi_id = ScsiId{2, 0, 0, 1};
    path.serial = "ABC 1";
    path.prioritizer = prio;
    return path;
}

int value(const FakeSysfs& sysfs, const Path& path, std::string_view args = "") {
    return fixed_priority(sysfs, path, args).value_or(Prioritized{-99, ""}).value;
}

// prioritizers/hds.c, hds_modular_prio().
TEST(FixedPriority, HdsComparesControllerAndLdev) {
    struct {
        char ldev, controller;
        int want;
    } rows[] = {{'0', '0', 1}, {'1', '0', 0}, {'A', '2', 1},  {'B', '2', 0},  {'F', '9', 1},  {'E', '7', 0},
                {'9', '1', 1}, {'8', '1', 0}, {'a', '0', -1}, {'G', '0', -1}, {'0', 'A', -1}, {'0', ' ', -1}};
    for (const auto& row : rows) {
        FakeSysfs sysfs;
        std::string inquiry(60, ' ');
        inquiry[47] = row.ldev;
        inquiry[49] = row.controller;
        sysfs.file("block/sda/device/inquiry", inquiry);
        EXPECT_EQ(value(sysfs, path_with(Prioritizer::hds)), row.want) << row.ldev << row.controller;
        sysfs.file("block/sda/device/inquiry", inquiry.substr(0, 49));
        EXPECT_EQ(value(sysfs, path_with(Prioritizer::hds)), -1);
    }
    EXPECT_EQ(value(FakeSysfs(), path_with(Prioritizer::hds)), -1);
}

// prioritizers/datacore.c, datacore_prio().
TEST(FixedPriority, DatacoreLooksForItsServer) {
    FakeSysfs sysfs;
    std::string inquiry(112, 'x');
    inquiry += std::string("SDS-North\0\0\0\0\0\0\0behind", 22);
    sysfs.file("block/sda/device/inquiry", inquiry);
    struct {
        std::string_view args;
        int want;
    } rows[] = {
        {"preferredsds=SDS-North", 1},
        {"preferredsds=North", 1},
        {"timeout=1000 preferredsds=SDS", 1},
        {"preferredsds=SDS-South", 0},
        {"preferredsds=behind", 0},
        {"preferredsds=S", 0},
        {"preferredsds=xx", 0},
        {"", 0},
        {"North", 0},
    };
    auto path = path_with(Prioritizer::datacore);
    for (const auto& row : rows) EXPECT_EQ(value(sysfs, path, row.args), row.want) << row.args;
    EXPECT_EQ(value(FakeSysfs(), path, "preferredsds=SDS"), 0);
}

// prioritizers/iet.c, iet_prio(); names in /dev/disk/by-path: systemd 252, udev-builtin-path_id.c, persistent_address.
TEST(FixedPriority, IetLooksForItsPortal) {
    FakeSysfs sysfs;
    sysfs.file("class/iscsi_connection/connection5:0/persistent_address", "10.0.0.1\n");
    struct {
        std::string_view args;
        int want;
    } rows[] = {
        {"preferredip=10.0.0.1", 20}, {"preferredip=10.0.0.12", 20}, {"preferredip=10.0.0.2", 10},
        {"preferredip=1.1.1.1", 0},   {"preferredip=", 0},           {"", 0},
    };
    auto path = path_with(Prioritizer::iet);
    for (const auto& row : rows) EXPECT_EQ(value(sysfs, path, row.args), row.want) << row.args;
    EXPECT_EQ(value(FakeSysfs(), path, "preferredip=10.0.0.1"), 10);
    path.sys_path = "devices/host2/target2:0:0/2:0:0:1/block/sda";
    EXPECT_EQ(value(sysfs, path, "preferredip=10.0.0.1"), 10);
}

// prioritizers/weightedpath.c, prio_path_weight().
TEST(FixedPriority, WeightedPathTakesTheFirstThatFits) {
    FakeSysfs sysfs;
    struct {
        std::string_view args;
        int want;
    } rows[] = {
        {"hbtl 1:.:.:. 2 2:.:.:. 4", 4},
        {"hbtl . 7 2:.:.:. 4", 7},
        {"devname sdb 10 sd[a-c] 20", 20},
        {"devname sdb 10", 0},
        {"devname sda", 0},
        {"devname sda x", 0},
        {"devname [ 3 sda 5", 5},
        {"serial ABC 3", 3},
        {"serial ^BC 3", 0},
        {"name sda 3", 0},
        {"", 0},
        {"wwn undef 9", 9},
        {"wwn ^\\[undef\\]:\\[undef\\]:\\[undef\\]:\\[undef\\]$ 8", 8},
    };
    auto path = path_with(Prioritizer::weightedpath);
    for (const auto& row : rows) EXPECT_EQ(value(sysfs, path, row.args), row.want) << row.args;
    EXPECT_EQ(fixed_priority(sysfs, path, "devname sd[a-c] 20"), (Prioritized{20, "devname sd[a-c] in sda"}));
}

// print.c, snprint_host_attr(), snprint_tgt_wwpn().
TEST(FixedPriority, WeightedPathKnowsFibreChannelNames) {
    FakeSysfs sysfs;
    sysfs.file("class/fc_host/host2/node_name", "0x20\n");
    sysfs.file("class/fc_host/host2/port_name", "0x21\n");
    sysfs.file("class/fc_remote_ports/rport-2:0-1/port_name", "0x51\n");
    auto path = path_with(Prioritizer::weightedpath);
    path.sys_path = "devices/host2/rport-2:0-1/target2:0:0/2:0:0:1/block/sda";
    path.transport = Transport::fcp;
    path.target_node = "0x50";
    EXPECT_EQ(value(sysfs, path, "wwn ^0x20:0x21:0x50:0x51$ 6"), 6);
    path.sys_path = "devices/host3/rport-3:0-1/target3:0:0/3:0:0:1/block/sda";
    EXPECT_EQ(value(sysfs, path, "wwn ^.unknown.:.unknown.:0x50:.unknown.$ 6"), 6);
}

TEST(FixedPriority, LeavesTheOthersAlone) {
    for (auto prio : {Prioritizer::none, Prioritizer::constant, Prioritizer::alua, Prioritizer::ana})
        EXPECT_EQ(fixed_priority(FakeSysfs(), path_with(prio), ""), std::nullopt);
}

}  // namespace
}  // namespace rdm
