// SPDX-License-Identifier: GPL-2.0-or-later
#include "path/nvme.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "path/transport.h"
#include "path/vpd83.h"

namespace rdm {

namespace {

std::vector<std::string_view> parts_between_dashes(std::string_view text) {
    std::vector<std::string_view> parts;
    for (;;) {
        auto dash = text.find('-');
        parts.push_back(text.substr(0, dash));
        if (dash == std::string_view::npos) return parts;
        text.remove_prefix(dash + 1);
    }
}

std::string_view without_zero_bytes(std::string_view hex) {
    while (hex.ends_with("00")) hex.remove_suffix(2);
    return hex;
}

bool is_hex(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return number<unsigned>({&c, 1}, 16).has_value(); });
}

/// Why the namespace is none of ours, or nothing.
std::string_view reason_to_leave(const Sysfs& sysfs, const Path& path) {
    if (path.sys_path.find("/nvme-subsystem/") != std::string::npos) {
        return "NVMe native multipath: the kernel joins its paths itself";
    }
    auto native = sysfs.word("module/nvme_core/parameters/multipath");
    return native && native->starts_with('Y') ? "NVMe native multipath is on (nvme_core.multipath=Y)" : "";
}

}  // namespace

std::string nvme_wwid(std::string_view attribute) {
    auto whole = trim(attribute);
    auto cut = std::string(trim(whole.substr(0, most_wwid)));
    auto parts = parts_between_dashes(whole);
    bool broken = whole.size() > most_wwid && parts.size() == 4 && parts[0].size() == 9 &&
                  parts[0].starts_with("nvme.") && is_hex(parts[0].substr(5));
    if (!broken) return cut;
    auto shorter = cat(parts[0], '-', without_zero_bytes(parts[1]), '-', without_zero_bytes(parts[2]), '-', parts[3]);
    return shorter.size() <= most_wwid ? shorter : cut;
}

void identify_nvme(const Sysfs& sysfs, Probe& probe) {
    auto& path = probe.path;
    auto at = cat("block/", path.name);
    auto word = [&](std::string_view attribute) { return sysfs.word(cat(at, '/', attribute)).value_or(""); };
    path.bus = Bus::nvme;
    path.vendor = "NVME";
    path.product = word("device/model");
    path.revision = word("device/firmware_rev");
    path.serial = word("device/serial");
    path.transport = nvme_transport(word("device/transport"));
    if (auto reason = reason_to_leave(sysfs, path); !reason.empty()) leave_alone(probe, std::string(reason));
}

void look_at_nvme_wwid(const Sysfs& sysfs, Path& path) {
    path.wwid = nvme_wwid(sysfs.word(cat("block/", path.name, "/wwid")).value_or(""));
    path.wwid_from = path.wwid.empty() ? "sysfs wwid: empty" : "sysfs wwid";
}

}  // namespace rdm
