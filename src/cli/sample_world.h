// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include "boot/world.h"

// Worlds made by hand for the tests of this room. Status lines as drivers/md/dm-mpath.c prints them.

namespace rdm::sample {

inline constexpr std::string_view wwid = "360060e80123456780000000000000001";

inline Path path(unsigned host, unsigned target, std::string name, unsigned minor) {
    Path path;
    path.name = std::move(name);
    path.dev = {8, minor};
    path.sg_name = cat("sg", minor / 16);
    path.sg_dev = DevNo{21, minor / 16};
    path.sys_path = cat("devices/host", host, "/target", target, "/block/", path.name);
    path.scsi_id = ScsiId{.host = host, .channel = 0, .target = target, .lun = 1};
    path.vendor = "HITACHI";
    path.product = "OPEN-V";
    path.revision = "5001";
    path.serial = "50 0001";
    path.sectors = 209715200;
    path.transport = Transport::fcp;
    path.target_node = cat("50060e80123456", target, host - 2);
    path.wwid = wwid;
    path.wwid_from = "VPD 83h, NAA 6";
    path.tpgs = Tpgs::implicit_only;
    path.port_group = static_cast<std::uint16_t>(target + 1);
    path.handler = "alua";
    path.access = target ? Access::non_optimized : Access::optimized;
    path.priority = target ? 10 : 50;
    path.priority_from = "sysfs access_state";
    path.prioritizer = Prioritizer::sysfs;
    path.kernel_state = "running";
    path.state = PathState::up;
    path.state_from = "TUR good after 0.3 ms";
    return path;
}

/// Two host adapters, two controllers, as in the sketch of `list`: the last path but one does not answer.
inline World four_paths() {
    World world;
    world.paths = {path(2, 0, "sdb", 16), path(2, 1, "sdd", 48), path(3, 0, "sdf", 80), path(3, 1, "sdh", 112)};
    auto& silent = world.paths[1];
    silent.state = PathState::pending;
    silent.state_from = "no answer to TUR for 7 s";
    silent.access = Access::unknown;
    Map map;
    map.wwid = map.name = wwid;
    map.sectors = 209715200;
    map.handler = "1 alua";
    map.paths = world.paths;
    map.groups = {{.members = {0, 2}, .priority = 50}, {.members = {1, 3}, .priority = 10}};
    map.grouping = "group_by_prio: all paths have ALUA priorities";
    map.reasons = {{"decision", "yes", "named"},
                   {"selector", "service-time 0", "default"},
                   {"queueing", "off", "no_path_retry fail: /etc/multipath.conf:14"}};
    world.decided.maps = {map};
    return world;
}

/// The same, assembled, with two partitions; the kernel has failed the silent path.
inline World assembled() {
    World world = four_paths();
    DmMap map{.name = std::string(wwid), .uuid = cat("mpath-", wwid), .dev = {254, 0}, .table = {}, .status = {}};
    map.open_count = 2;
    map.table = {{.start = 0,
                  .sectors = 209715200,
                  .type = "multipath",
                  .params = "0 1 alua 2 1 service-time 0 2 2 8:16 1 1 8:80 1 1 service-time 0 2 2 8:48 1 1 8:112 1 1"}};
    map.status = "2 0 0 0 2 1 A 0 2 2 8:16 A 0 0 1 8:80 A 0 0 1 E 0 2 2 8:48 F 1 0 1 8:112 A 0 0 1";
    auto part = [](unsigned number, std::uint64_t start, std::uint64_t sectors) {
        return DmMap{.name = cat(wwid, "-part", number),
                     .uuid = cat("part", number, "-mpath-", wwid),
                     .dev = {254, number},
                     .table = {{.start = 0, .sectors = sectors, .type = "linear", .params = cat("254:0 ", start)}},
                     .status = {}};
    };
    world.present = {map, part(1, 2048, 2097152), part(2, 2099200, 207616000)};
    return world;
}

/// A disk of its own, in no map.
inline Path lone_disk(std::string name, unsigned minor, std::string wwid_of_disk, std::string wwid_from) {
    Path disk = path(0, 0, std::move(name), minor);
    disk.scsi_id = ScsiId{};
    disk.vendor = "ATA";
    disk.product = "CT500MX500SSD1";
    disk.sectors = 976773168;
    disk.transport = Transport::ata;
    disk.target_node.clear();
    disk.tpgs = Tpgs::none;
    disk.port_group.reset();
    disk.handler.clear();
    disk.access = Access::unknown;
    disk.priority = 1;
    disk.priority_from = "const";
    disk.prioritizer = Prioritizer::constant;
    disk.wwid = std::move(wwid_of_disk);
    disk.wwid_from = std::move(wwid_from);
    return disk;
}

}  // namespace rdm::sample
