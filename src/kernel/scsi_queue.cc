// SPDX-License-Identifier: GPL-2.0-or-later
#include "kernel/scsi_queue.h"

#include <algorithm>
#include <cstdint>
#include <limits>

namespace rdm {

namespace {

std::optional<std::uint64_t> attribute(const Sysfs& sysfs, std::string_view path) {
    auto word = sysfs.word(path);
    return word ? number<std::uint64_t>(*word) : std::nullopt;
}

/// "host2" in "devices/pci0000:00/0000:00:05.0/host2/target2:0:0/2:0:0:0/block/sda"; empty without one.
std::string_view host_in(std::string_view path) {
    const auto target = path.find("/target");
    if (target == std::string_view::npos) return {};
    path = path.substr(0, target);
    const auto host = path.rfind('/') + 1;
    return path.substr(host).starts_with("host") ? path.substr(host) : std::string_view();
}

bool is_half(std::uint64_t taken, std::optional<std::uint64_t> places) { return places && taken >= (*places + 1) / 2; }

bool is_disk_crowded(const Sysfs& sysfs, const std::string& disk) {
    const auto inflight = sysfs.word(cat(disk, "/inflight"));  // "reads writes"
    std::uint64_t taken = 0;
    for (auto count : words(inflight ? *inflight : std::string_view()))
        taken += number<std::uint32_t>(count).value_or(0);
    if (taken == 0) return false;
    return is_half(taken, attribute(sysfs, cat(disk, "/queue/nr_requests"))) ||
           is_half(taken, attribute(sysfs, cat(disk, "/device/queue_depth")));
}

}  // namespace

bool is_crowded(const Sysfs& sysfs, DevNo dev) {
    const std::string disk = cat("dev/block/", text(dev));
    if (is_disk_crowded(sysfs, disk)) return true;
    const auto path = sysfs.real_path(disk);
    const auto host = path ? host_in(*path) : std::string_view();
    if (host.empty()) return false;
    const auto busy = attribute(sysfs, cat("class/scsi_host/", host, "/host_busy"));
    return busy && *busy > 0 && is_half(*busy, attribute(sysfs, cat("class/scsi_host/", host, "/can_queue")));
}

}  // namespace rdm
