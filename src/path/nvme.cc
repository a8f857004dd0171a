// SPDX-License-Identifier: GPL-2.0-or-later
#include "path/nvme.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "path/attribute.h"
#include "path/transport.h"
#include "path/udev_properties.h"
#include "path/vpd83.h"
#include "path/wwid.h"

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
    auto word = [&](const char* attribute) { return word_at(sysfs, "block/", path.name, "/device/", attribute); };
    path.bus = Bus::nvme;
    path.vendor = "NVME";
    path.product = word("model");
    path.revision = word("firmware_rev");
    path.serial = word("serial");
    path.transport = nvme_transport(word("transport"));
    if (auto reason = reason_to_leave(sysfs, path); !reason.empty()) leave_alone(probe, std::string(reason));
}

void look_at_nvme_wwid(const Sysfs& sysfs, Probe& probe) {
    auto& path = probe.path;
    auto udev = read_udev_properties(*probe.files, sysfs, path.dev, path.sys_path);
    auto disk =
        wwid_of_nvme(udev ? &*udev : nullptr, probe.uid_attribute, word_at(sysfs, "block/", path.name, "/wwid"));
    path.wwid = std::move(disk.wwid.text);
    path.wwid_from = std::move(disk.wwid.from);
    path.wwid_differs = std::move(disk.differs);
}

}  // namespace rdm
