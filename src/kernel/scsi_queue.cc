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

bool is_half(std::uint64_t taken, std::optional<std::uint64_t> places) { return places && taken >= (*places + 1) / 2; }

bool is_disk_crowded(const Sysfs& sysfs, const std::string& disk, std::uint64_t taken) {
    const auto inflight = sysfs.word(cat(disk, "/inflight"));  // "reads writes"
    for (auto count : words(inflight ? *inflight : std::string_view()))
        taken += number<std::uint32_t>(count).value_or(0);
    if (taken == 0) return false;
    return is_half(taken, attribute(sysfs, cat(disk, "/queue/nr_requests"))) ||
           is_half(taken, attribute(sysfs, cat(disk, "/device/queue_depth")));
}

}  // namespace

bool is_crowded(const Sysfs& sysfs, DevNo dev, std::optional<unsigned> host, std::size_t commands) {
    const std::uint64_t before_last = commands - 1;
    if (is_disk_crowded(sysfs, cat("dev/block/", text(dev)), before_last)) return true;
    if (!host) return false;
    const std::string at = cat("class/scsi_host/host", *host);
    const auto taken = before_last + attribute(sysfs, cat(at, "/host_busy")).value_or(0);
    return taken > 0 && is_half(taken, attribute(sysfs, cat(at, "/can_queue")));
}

}  // namespace rdm
