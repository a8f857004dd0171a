// SPDX-License-Identifier: GPL-2.0-or-later
#include "kernel/machine_tree.h"

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "kernel/links.h"

namespace rdm {

namespace {

using Kind = MachineNode::Kind;

constexpr struct {
    std::string_view path;
    std::string_view bytes;
} usual_attributes[] = {{"ro", "0\n"},
                        {"removable", "0\n"},
                        {"hidden", "0\n"},
                        {"queue/logical_block_size", "512\n"},
                        {"device/state", "running\n"}};

std::string_view parent(std::string_view path) {
    auto slash = path.rfind('/');
    return path.substr(0, slash == std::string_view::npos ? 0 : slash);
}

bool within(std::string_view path, std::string_view top) {
    return path.starts_with(top) && (path.size() == top.size() || path[top.size()] == '/');
}

std::unexpected<Error> failure(int code, std::string_view path) {
    return fail(code, safe(path), ": ", std::strerror(code));
}

Result<std::optional<std::string>> target_of(const void* self, const std::string& path) {
    const auto& nodes = *static_cast<const MachineNodes*>(self);
    auto node = nodes.find(path);
    if (node == nodes.end()) return failure(ENOENT, path);
    if (node->second.kind != Kind::link) return std::nullopt;
    return node->second.text;
}

}  // namespace

void MachineTree::put(std::string_view path, const MachineNode& node) {
    // The directory may be reached through a link: device/vendor lands in the device's own directory.
    while (path.starts_with('/')) path.remove_prefix(1);
    auto above = parent(path);
    if (!above.empty()) put_directory(above);
    std::string at(path);
    if (auto real = real_path(above); !above.empty() && real) at = cat(*real, '/', path.substr(above.size() + 1));
    if (node.kind == Kind::error && node.code == ENOENT) {
        nodes_.erase(at);
    } else {
        nodes_.insert_or_assign(std::move(at), node);
    }
}

void MachineTree::put(const MachineNodes& nodes, std::string_view below) {
    for (const auto& [path, node] : nodes)
        if (node.kind != Kind::directory) put(cat(below, path), node);
    for (const auto& [path, node] : nodes) {
        if (node.kind != Kind::directory) continue;
        put_directory(cat(below, path));
        for (auto name : words(node.text)) put_directory(cat(below, path, '/', unescape(name)));
    }
}

void MachineTree::put_directory(std::string_view path) {
    if (!exists(path)) put(path, {.kind = Kind::directory});
}

void MachineTree::remove(std::string_view path) {
    std::vector<std::string> gone;
    for (const auto& [at, node] : nodes_) {
        auto real = node.kind == Kind::link ? real_path(at) : Result<std::string>(at);
        if (real && within(*real, path)) gone.push_back(at);
    }
    for (const auto& at : gone) nodes_.erase(at);
}

void MachineTree::unlink(std::string_view path) {
    auto above = real_path(parent(path));
    if (above) nodes_.erase(cat(*above, path.substr(path.rfind('/'))));
}

Result<std::string> MachineTree::real_path(std::string_view path) const {
    return follow_links(path, target_of, &nodes_);
}

Result<const MachineNode*> MachineTree::find(std::string_view path) const {
    static const MachineNode root{.kind = Kind::directory};
    auto at = TRY(real_path(path));
    const auto* node = at.empty() ? &root : &nodes_.find(at)->second;
    if (node->kind == Kind::error) return failure(node->code, path);
    return node;
}

Result<std::string> MachineTree::read(std::string_view path) const {
    const auto* node = TRY(find(path));
    if (node->kind != Kind::file) return failure(EISDIR, path);
    return node->text;
}

Result<std::vector<std::string>> MachineTree::list(std::string_view path) const {
    if (TRY(find(path))->kind != Kind::directory) return failure(ENOTDIR, path);
    auto at = TRY(real_path(path));
    std::vector<std::string> names;
    std::string prefix = at.empty() ? "" : cat(at, '/');
    for (auto next = nodes_.lower_bound(prefix); next != nodes_.end() && next->first.starts_with(prefix);) {
        auto name = std::string_view(next->first).substr(prefix.size());
        auto slash = name.find('/');
        if (slash == std::string_view::npos) {
            names.emplace_back(name);
            ++next;
        } else {
            next = nodes_.lower_bound(cat(prefix, name.substr(0, slash), '0'));  // '0' follows '/'
        }
    }
    return names;
}

std::vector<std::string> partitions_of(const MachineTree& sysfs, const MachineDisk& disk) {
    auto at = cat("devices/", disk.at);
    auto names = sysfs.list(at).value_or(std::vector<std::string>{});
    std::erase_if(names, [&](const std::string& name) { return !sysfs.exists(cat(at, '/', name, "/partition")); });
    return names;
}

void show_disk(MachineTree& sysfs, const MachineDisk& disk) {
    const bool scsi = is_scsi(disk);
    const auto device = device_directory(disk);
    const auto at = cat("devices/", disk.at);
    auto link = [&](const std::string& from, std::string_view to) { sysfs.link(from, cat('/', to)); };
    sysfs.put_directory(device);
    sysfs.put_directory(scsi ? "bus/scsi" : "class/nvme");
    link(cat(at, "/device"), device);
    link(cat(at, "/subsystem"), "class/block");
    link(cat(device, "/subsystem"), scsi ? "bus/scsi" : "class/nvme");
    sysfs.file(cat(at, "/dev"), cat(text(disk.dev), '\n'));
    sysfs.file(cat(at, "/uevent"),
               cat("MAJOR=", disk.dev.major, "\nMINOR=", disk.dev.minor, "\nDEVNAME=", disk.name, "\nDEVTYPE=disk\n"));
    sysfs.file(cat(at, "/size"), cat(disk.sectors, '\n'));
    for (const auto& usual : usual_attributes)
        if (scsi || usual.path != "device/state") sysfs.file(cat(at, '/', usual.path), usual.bytes);
    sysfs.put(disk.attributes, cat(at, '/'));

    link(cat("block/", disk.name), at);
    link(cat("class/block/", disk.name), at);
    link(cat("dev/block/", text(disk.dev)), at);
    link(cat(scsi ? "bus/scsi/devices/" : "class/nvme/", device.substr(device.rfind('/') + 1)), device);
    for (const auto& name : partitions_of(sysfs, disk)) {
        auto place = cat(at, '/', name);
        auto count = number<unsigned>(trim(sysfs.read(cat(place, "/partition")).value_or(""))).value_or(0);
        auto usual = text(DevNo{disk.dev.major, disk.dev.minor + count});
        if (!sysfs.exists(cat(place, "/dev"))) sysfs.file(cat(place, "/dev"), cat(usual, '\n'));
        link(cat("class/block/", name), place);
        link(cat("dev/block/", trim(sysfs.read(cat(place, "/dev")).value_or(usual))), place);
    }
    if (!disk.sg_dev) return;
    auto sg = cat(device, "/scsi_generic/", disk.sg_name);
    sysfs.file(cat(sg, "/dev"), cat(text(*disk.sg_dev), '\n'));
    link(cat(sg, "/device"), device);
    link(cat(device, "/generic"), sg);
    link(cat("class/scsi_generic/", disk.sg_name), sg);
    link(cat("dev/char/", text(*disk.sg_dev)), sg);
}

}  // namespace rdm
