// SPDX-License-Identifier: GPL-2.0-or-later
#include "kernel/machine.h"
#include "kernel/machine_value.h"

namespace rdm {

namespace {

std::string disk_text(const MachineDisk& disk) {
    std::string out = cat("\n[disk ", escape(disk.name), "]\nat = ", disk.at, "\ndev = ", text(disk.dev),
                          "\nsize = ", disk.sectors, '\n');
    if (disk.sg_dev) out += cat("sg = ", disk.sg_name, ' ', text(*disk.sg_dev), '\n');
    if (!disk.present) out += "present = no\n";
    for (const auto& [path, bytes] : disk.attributes) out += cat(path, " = ", machine_value_text(bytes), '\n');
    for (const auto& [command, answer] : disk.answers) out += cat(command, " = ", machine_answer_text(answer), '\n');
    for (const auto& [offset, bytes] : disk.content)
        out += cat("content = hex ", machine_hex_text(bytes), " @ ", offset, '\n');
    return out;
}

std::string map_text(const DmMap& map) {
    std::string out = cat("\n[map ", escape(map.name), "]\n");
    if (!map.uuid.empty()) out += cat("uuid = ", safe(map.uuid), '\n');
    out += cat("dev = ", text(map.dev), '\n');
    if (map.open_count != 0) out += cat("open = ", map.open_count, '\n');
    if (map.suspended) out += "suspended = yes\n";
    if (map.read_only) out += "read-only = yes\n";
    for (const auto& target : map.table)
        out += cat("table = ", target.start, ' ', target.sectors, ' ', target.type, ' ', target.params, '\n');
    if (!map.status.empty()) out += cat("status = ", map.status, '\n');
    return out;
}

std::string step_text(const MachineStep& step) {
    using Kind = MachineStep::Kind;
    switch (step.kind) {
        case Kind::add:
            return cat("add ", step.subject);
        case Kind::remove:
            return cat("remove ", step.subject);
        case Kind::answer:
            return cat("answer ", step.subject, ' ', step.key, " = ", machine_answer_text(step.answer));
        case Kind::set:
            return cat("set ", step.subject, ' ', step.key, " = ", machine_value_text(step.value));
        case Kind::uevent:
            return cat("uevent ", step.subject, step.value.empty() ? "" : " ", step.value);
        case Kind::message:
            return cat("message ", step.subject, ' ', step.value);
        case Kind::lose_uevents:
            return "lose uevents";
        case Kind::stop:
            break;
    }
    return "stop";
}

}  // namespace

std::string text(const MachineText& machine) {
    std::string out = "rdmpath machine 1\n";
    if (!machine.cmdline.empty()) out += cat("\n[cmdline]\n", machine.cmdline, '\n');
    for (const auto& disk : machine.disks) out += disk_text(disk);
    if (!machine.sysfs.empty()) out += "\n[sysfs]\n";
    for (const auto& [path, node] : machine.sysfs) {
        bool link = node.kind == MachineNode::Kind::link;
        out += cat(path, link ? " -> " : " = ", link ? node.text : machine_value_text(node.text), '\n');
    }
    for (const auto& map : machine.maps) out += map_text(map);
    const MachineStep* last = nullptr;
    for (const auto& step : machine.steps) {
        if (!last || last->at != step.at) out += cat("\n[at ", machine_time_text(step.at), "]\n");
        out += cat(step_text(step), '\n');
        last = &step;
    }
    return out;
}

}  // namespace rdm
