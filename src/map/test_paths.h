// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <string>
#include <vector>

#include "kernel/dm.h"
#include "kernel/fake_sysfs.h"
#include "map/map.h"

namespace rdm {

/// For tests: disk number `n` (sda, 8:0, on host n) as a running ALUA path that is up.
inline Path test_path(unsigned n, std::string wwid, int priority = 50) {
    Path path;
    path.name = cat("sd", static_cast<char>('a' + n % 26), n < 26 ? "" : std::to_string(n / 26));
    path.dev = {8, n * 16};
    path.sys_path = cat("devices/host", n < 10 ? "0" : "", n, "/block/", path.name);
    path.sectors = 2048;
    path.wwid = std::move(wwid);
    path.wwid_from = "VPD 83h, NAA 6";
    path.tpgs = Tpgs::both;
    path.handler = "alua";
    path.access = priority == 50 ? Access::optimized : Access::non_optimized;
    path.priority = priority;
    path.prioritizer = Prioritizer::sysfs;
    path.kernel_state = "running";
    path.state = PathState::up;
    return path;
}

/// As a disk without ALUA.
inline Path test_plain_path(unsigned n, std::string wwid) {
    Path path = test_path(n, std::move(wwid), 1);
    path.tpgs = Tpgs::none;
    path.handler.clear();
    path.access = Access::unknown;
    path.prioritizer = Prioritizer::constant;
    return path;
}

/// Puts the path into sysfs, so that a FakeDm finds it.
inline void show(FakeSysfs& sysfs, const Path& path) {
    sysfs.file(cat(path.sys_path, "/size"), cat(path.sectors, '\n'));
    sysfs.file(cat(path.sys_path, "/queue/logical_block_size"), cat(path.block_size, '\n'));
    sysfs.file(cat(path.sys_path, "/device/state"), cat(path.kernel_state, '\n'));
    if (!path.handler.empty()) sysfs.file(cat(path.sys_path, "/device/dh_state"), cat(path.handler, '\n'));
    sysfs.link(cat("dev/block/", text(path.dev)), cat("/", path.sys_path));
}

/// A multipath map as `maps()` gives it.
inline DmMap test_map(std::string wwid, std::string params, std::string status = {}, unsigned minor = 0) {
    DmMap map;
    map.name = wwid;
    map.uuid = cat("mpath-", wwid);
    map.dev = {254, minor};
    map.table = {{0, 2048, "multipath", std::move(params)}};
    map.status = std::move(status);
    return map;
}

/// "create a; message a fail_path 8:0", with a table's text behind create and reload: "create a [0 1 alua …]".
inline std::string spell(const std::vector<DmAction>& actions) {
    constexpr std::string_view verbs[] = {"create", "reload", "message", "remove"};
    std::string text;
    for (const auto& action : actions) {
        text += cat(text.empty() ? "" : "; ", verbs[static_cast<int>(action.kind)], ' ', action.name);
        if (!action.message.empty()) text += cat(' ', action.message);
        for (const auto& line : action.table)
            text += cat(" [", line.start, ' ', line.sectors, ' ', line.type, ' ', line.params, ']');
    }
    return text;
}

}  // namespace rdm
