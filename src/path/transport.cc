// SPDX-License-Identifier: GPL-2.0-or-later
#include "path/transport.h"

#include <optional>

#include "path/attribute.h"

namespace rdm {

namespace {
std::string_view parent(std::string_view path) {
    auto slash = path.rfind('/');
    return slash == std::string_view::npos ? std::string_view{} : path.substr(0, slash);
}

std::string_view name(std::string_view path) { return path.substr(path.rfind('/') + 1); }

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// The nearest directory at or above `path` with this prefix and a digit behind it.
std::optional<std::string_view> ancestor(std::string_view path, std::string_view prefix) {
    for (; !path.empty(); path = parent(path)) {
        auto last = name(path);
        if (last.starts_with(prefix) && last.size() > prefix.size() && is_digit(last[prefix.size()])) return path;
    }
    return std::nullopt;
}

std::optional<std::string_view> usb_ancestor(const Sysfs& sysfs, std::string_view path) {
    if (!path.contains("/usb")) return std::nullopt;  // below a root hub, "usb1": drivers/usb/core/usb.c
    for (; !path.empty(); path = parent(path)) {
        auto subsystem = sysfs.real_path(cat(path, "/subsystem"));
        if (subsystem && name(*subsystem) == "usb") return path;
    }
    return std::nullopt;
}
}  // namespace

Attachment scsi_attachment(const Sysfs& sysfs, std::string_view device) {
    auto target = parent(device);
    auto sas_address = sysfs.word(cat(device, "/sas_address"));
    if (sas_address && ancestor(target, "end_device-")) return {Transport::sas, *sas_address};
    if (auto usb = usb_ancestor(sysfs, target)) return {Transport::usb, std::string(name(*usb))};
    auto port = cat("class/fc_remote_ports/", name(parent(target)));
    if (name(port).starts_with("rport-") && sysfs.real_path(port)) {
        return {Transport::fcp, word_at(sysfs, port, "/node_name")};
    }
    if (auto at = ancestor(target, "session")) {
        auto session = cat("class/iscsi_session/", name(*at));
        if (sysfs.real_path(session)) {
            return {Transport::iscsi, word_at(sysfs, session, "/targetname")};
        }
    }
    if (auto ata = ancestor(target, "ata")) return {Transport::ata, cat("ata-", name(*ata).substr(3), ".00")};
    return {};
}

Transport nvme_transport(std::string_view text) {
    if (text == "pcie") return Transport::nvme_pcie;
    if (text == "rdma") return Transport::nvme_rdma;
    if (text == "fc") return Transport::nvme_fc;
    if (text == "tcp") return Transport::nvme_tcp;
    if (text == "apple-nvme") return Transport::nvme_apple;
    return text == "loop" ? Transport::nvme_loop : Transport::unspec;
}

}  // namespace rdm
