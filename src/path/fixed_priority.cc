// SPDX-License-Identifier: GPL-2.0-or-later
#include "path/fixed_priority.h"

#include "base/bytes.h"
#include "kernel/pattern.h"
#include "path/attribute.h"

namespace rdm {

namespace {

std::string inquiry_of(const Sysfs& sysfs, const Path& path) {
    return bytes_at(sysfs, "block/", path.name, "/device/inquiry");
}

/// The value of "key=" among the words of the arguments.
std::string_view value_of(std::string_view args, std::string_view key) {
    for (auto word : words(args))
        if (word.starts_with(key)) return word.substr(key.size());
    return {};
}

/// The directory in the path with that beginning and a digit: "session5".
std::string_view directory_of(std::string_view path, std::string_view beginning) {
    auto at = path.find(beginning);
    if (at == std::string_view::npos) return {};
    path.remove_prefix(at + 1);
    return path.substr(0, path.find('/'));
}

Prioritized by_hds(std::string_view inquiry) {
    auto data = bytes_of(inquiry);
    unsigned controller = byte_at(data, 49);
    unsigned unit = byte_at(data, 47);
    bool has_letter = unit >= 'A' && unit <= 'F';
    bool sound = controller - '0' < 10 && (unit - '0' < 10 || has_letter);
    if (!sound) return {-1, "INQUIRY: no controller and LDEV"};
    bool same = ((controller ^ unit ^ (has_letter ? 1U : 0U)) & 1U) == 0;
    return {same ? 1 : 0, same ? "INQUIRY: the LDEV's controller" : "INQUIRY: not the LDEV's controller"};
}

Prioritized by_datacore(std::string_view inquiry, std::string_view args) {
    auto preferred = value_of(args, "preferredsds=");
    if (preferred.size() <= 1) return {0, "no preferredsds in prio_args"};
    auto name = inquiry.size() < 112 ? std::string_view{} : inquiry.substr(112, 16);
    name = name.substr(0, name.find('\0'));
    bool found = name.find(preferred) != std::string_view::npos;
    return {found ? 1 : 0, cat("INQUIRY: server ", safe(name))};
}

Prioritized by_portal(const Sysfs& sysfs, const Path& path, std::string_view args) {
    auto preferred = value_of(args, "preferredip=");
    if (preferred.size() <= 7) return {0, "no preferredip in prio_args"};
    auto session = directory_of(path.sys_path, "/session");
    if (session.empty()) return {10, "no iSCSI portal"};
    auto portal = word_at(sysfs, "class/iscsi_connection/connection", session.substr(7), ":0/persistent_address");
    bool found = !portal.empty() && preferred.starts_with(portal);
    return {found ? 20 : 10, cat("iSCSI portal ", safe(portal))};
}

std::string wwn_of(const Sysfs& sysfs, const Path& path) {
    auto of = [&](std::string_view kind, std::string_view name, std::string_view attribute) {
        if (path.transport != Transport::fcp) return std::string("[undef]");
        return sysfs.word(cat("class/", kind, '/', name, '/', attribute)).value_or("[unknown]");
    };
    auto host = directory_of(path.sys_path, "/host");
    auto port = directory_of(path.sys_path, "/rport-");
    auto target = path.target_node.empty() ? std::string("[undef]") : path.target_node;
    return cat(of("fc_host", host, "node_name"), ':', of("fc_host", host, "port_name"), ':', target, ':',
               of("fc_remote_ports", port, "port_name"));
}

Prioritized by_weight(const Sysfs& sysfs, const Path& path, std::string_view args) {
    auto all = words(args);
    auto kind = all.empty() ? std::string_view{} : all[0];
    std::string subject;
    if (kind == "hbtl" && path.scsi_id) subject = text(*path.scsi_id);
    if (kind == "devname") subject = path.name;
    if (kind == "serial") subject = path.serial;
    if (kind == "wwn") subject = wwn_of(sysfs, path);
    for (std::size_t i = 1; i + 1 < all.size() && !subject.empty(); i += 2) {
        if (is_found(std::string(all[i]), subject))
            return {number<int>(all[i + 1]).value_or(0), cat(kind, ' ', safe(all[i]), " in ", safe(subject))};
    }
    return {0, cat("nothing in prio_args for ", safe(subject))};
}

}  // namespace

std::optional<Prioritized> fixed_priority(const Sysfs& sysfs, const Path& path, std::string_view args) {
    auto prio = path.prioritizer;
    if (prio == Prioritizer::hds) return by_hds(inquiry_of(sysfs, path));
    if (prio == Prioritizer::datacore) return by_datacore(inquiry_of(sysfs, path), args);
    if (prio == Prioritizer::iet) return by_portal(sysfs, path, args);
    if (prio == Prioritizer::weightedpath) return by_weight(sysfs, path, args);
    return std::nullopt;
}

}  // namespace rdm
