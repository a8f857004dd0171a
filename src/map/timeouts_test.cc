// SPDX-License-Identifier: GPL-2.0-or-later
// Expectations: decisions.md 12; libmultipath/discovery.c of 0.9.4 and 0.14.3, sysfs_set_scsi_tmo() and what it calls.
#include "map/timeouts.h"

#include <gtest/gtest.h>

#include "map/test_paths.h"
#include "map/test_rules.h"

namespace rdm {
namespace {

using enum Keyword;

Path path_on(Transport transport, std::string_view above) {
    auto path = test_path(0, "a");
    path.transport = transport;
    path.scsi_id = ScsiId{.host = 2, .channel = 0, .target = 1, .lun = 3};
    path.sys_path = cat("devices/pci0000:00/host2/", above, "/target2:0:1/2:0:1:3/block/sda");
    return path;
}
Path fc() { return path_on(Transport::fcp, "rport-2:0-3"); }

const std::string port = "class/fc_remote_ports/rport-2:0-3/";

/// What a fresh machine has.
FakeSysfs machine(std::string_view fast = "off", std::string_view loss = "60") {
    FakeSysfs sysfs;
    sysfs.file(cat(port, "fast_io_fail_tmo"), cat(fast, '\n'));
    sysfs.file(cat(port, "dev_loss_tmo"), cat(loss, '\n'));
    sysfs.file("class/scsi_host/host2/eh_deadline", "off\n");
    sysfs.file("class/iscsi_session/session4/recovery_tmo", "120\n");
    sysfs.file("class/sas_end_device/end_device-2:1/I_T_nexus_loss_timeout", "0\n");
    sysfs.file("block/sda/queue/max_sectors_kb", "1280\n");
    sysfs.file("block/sda/device/scsi_disk/2:0:1:3/max_retries", "5\n");
    return sysfs;
}

/// "fast_io_fail_tmo=5 dev_loss_tmo=600"
std::string spelled(const std::vector<SysfsWrite>& writes) {
    std::string text;
    for (const auto& one : writes)
        text += cat(text.empty() ? "" : " ", one.path.substr(one.path.rfind('/') + 1), '=', one.value);
    return text;
}

std::string writes(const Rules& rules, const Path& path, const FakeSysfs& sysfs) {
    Map map;
    map.paths = {path};
    return spelled(timeouts(map, rules, sysfs));
}

TEST(MapTimeouts, FibreChannel) {
    struct {
        std::string_view name;
        Settings defaults;
        Generation generation;
        std::string_view fast, loss, want;
    } rows[] = {
        {"by default", {}, Generation::v0_14, "off", "60", "fast_io_fail_tmo=5"},
        {"already so", {}, Generation::v0_14, "5", "60", ""},
        {"room first", {}, Generation::v0_14, "off", "3", "dev_loss_tmo=6 fast_io_fail_tmo=5"},
        {"room, then the real one",
         {{fast_io_fail_tmo, "70"}, {dev_loss_tmo, "300"}},
         Generation::v0_14,
         "off",
         "60",
         "dev_loss_tmo=71 fast_io_fail_tmo=70 dev_loss_tmo=300"},
        {"queue", {{no_path_retry, "queue"}}, Generation::v0_14, "5", "60", "dev_loss_tmo=4294967295"},
        {"queue, 0.9 raises only what is set", {{no_path_retry, "queue"}}, Generation::v0_9, "5", "60", ""},
        {"counted, with some to spare", {{no_path_retry, "30"}}, Generation::v0_14, "5", "60", "dev_loss_tmo=157"},
        {"0.9: none to spare",
         {{dev_loss_tmo, "20"}, {no_path_retry, "30"}},
         Generation::v0_9,
         "5",
         "60",
         "dev_loss_tmo=150"},
        {"other interval",
         {{no_path_retry, "30"}, {polling_interval, "10"}},
         Generation::v0_11,
         "5",
         "60",
         "dev_loss_tmo=310"},
        {"fast is not below",
         {{fast_io_fail_tmo, "30"}, {dev_loss_tmo, "20"}},
         Generation::v0_14,
         "5",
         "60",
         "fast_io_fail_tmo=off dev_loss_tmo=20"},
        {"never, without fast: 600",
         {{fast_io_fail_tmo, "off"}, {dev_loss_tmo, "infinity"}},
         Generation::v0_14,
         "off",
         "60",
         "dev_loss_tmo=600"},
        {"never", {{dev_loss_tmo, "infinity"}}, Generation::v0_14, "5", "60", "dev_loss_tmo=4294967295"},
    };
    for (const auto& row : rows)
        EXPECT_EQ(writes(test_rules(row.defaults, row.generation), fc(), machine(row.fast, row.loss)), row.want)
            << row.name;
}

TEST(MapTimeouts, OtherTransports) {
    auto rules = test_rules({{dev_loss_tmo, "90"}, {fast_io_fail_tmo, "15"}});
    EXPECT_EQ(writes(rules, path_on(Transport::iscsi, "session4"), machine()), "recovery_tmo=15");
    EXPECT_EQ(writes(rules, path_on(Transport::sas, "port-2:0/end_device-2:1"), machine()),
              "I_T_nexus_loss_timeout=90");
    EXPECT_EQ(writes(rules, path_on(Transport::ata, "x"), machine()), "");
    EXPECT_EQ(writes(test_rules({{fast_io_fail_tmo, "off"}}), path_on(Transport::iscsi, "session4"), machine()), "");
}

TEST(MapTimeouts, HostDiskAndQueue) {
    Settings settings = {{eh_deadline, "30"}, {max_retries, "off"}, {max_sectors_kb, "4096"}};
    EXPECT_EQ(writes(test_rules(settings), path_on(Transport::ata, "x"), machine()),
              "eh_deadline=30 max_retries=-1 max_sectors_kb=4096");
    EXPECT_EQ(writes(test_rules(settings, Generation::v0_9), path_on(Transport::ata, "x"), machine()),
              "eh_deadline=30 max_sectors_kb=4096");
    auto nvme = test_path(0, "a");
    nvme.bus = Bus::nvme;
    EXPECT_EQ(writes(test_rules(settings), nvme, machine()), "max_sectors_kb=4096");
    EXPECT_EQ(writes(test_rules(settings), fc(), FakeSysfs()), "");
}

TEST(MapTimeouts, OncePerHostAndWithAReason) {
    Map map;
    map.paths = {fc(), fc()};
    auto rules = test_rules({{eh_deadline, "30"}});
    auto section = test_section({{type, "scsi:fcp"}, {fast_io_fail_tmo, "7"}}, 30);
    rules.config.protocols = {section};
    auto all = timeouts(map, rules, machine());
    EXPECT_EQ(spelled(all), "eh_deadline=30 fast_io_fail_tmo=7");
    EXPECT_EQ(all[1], (SysfsWrite{cat(port, "fast_io_fail_tmo"), "7", "fast_io_fail_tmo 7: /etc/multipath.conf:32"}));
}

}  // namespace
}  // namespace rdm
