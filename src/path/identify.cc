// SPDX-License-Identifier: GPL-2.0-or-later
#include "path/identify.h"

#include <algorithm>

#include "path/alua.h"
#include "path/nvme.h"
#include "path/transport.h"
#include "path/vpd80.h"
#include "path/vpd83.h"

namespace rdm {

namespace {

/// Takes the digits at the front; false if there are none.
bool eat_number(std::string_view& text) {
    auto end = std::min(text.find_first_not_of("0123456789"), text.size());
    text.remove_prefix(end);
    return end > 0;
}

bool is_scsi_disk(std::string_view name) {
    bool letters = std::ranges::all_of(name.substr(std::min<std::size_t>(2, name.size())),
                                       [](char c) { return c >= 'a' && c <= 'z'; });
    return name.starts_with("sd") && name.size() > 2 && letters;
}

bool is_nvme_disk(std::string_view name) {
    if (!name.starts_with("nvme")) return false;
    name.remove_prefix(4);
    if (!eat_number(name) || !name.starts_with('n')) return false;
    name.remove_prefix(1);
    return eat_number(name) && name.empty();
}

/// "2:0:0:1", as the SCSI device's directory is named.
std::optional<ScsiId> scsi_id(std::string_view text) {
    std::string_view part[4];
    for (std::size_t i = 0; i < 4; ++i) {
        part[i] = text.substr(0, text.find(':'));
        text.remove_prefix(std::min(text.size(), part[i].size() + 1));
    }
    auto host = number<unsigned>(part[0]);
    auto channel = number<unsigned>(part[1]);
    auto target = number<unsigned>(part[2]);
    auto lun = number<std::uint64_t>(part[3]);
    if (!host || !channel || !target || !lun || !text.empty()) return std::nullopt;
    return ScsiId{*host, *channel, *target, *lun};
}

std::uint64_t size_of(const Sysfs& sysfs, const Path& path) {
    return number<std::uint64_t>(sysfs.word(cat("block/", path.name, "/size")).value_or("")).value_or(0);
}

bool is_read_only(const Sysfs& sysfs, const Path& path) { return sysfs.word(cat("block/", path.name, "/ro")) == "1"; }

/// Everything that the kernel may change while the disk stays.
void look_at_state(const Sysfs& sysfs, Probe& probe) {
    auto& path = probe.path;
    path.sectors = size_of(sysfs, path);
    path.read_only = is_read_only(sysfs, path);
    auto device = cat("block/", path.name, "/device/");
    path.kernel_state = sysfs.word(cat(device, "state")).value_or(probe.left_alone ? "" : "removed");
    if (path.bus != Bus::scsi) return;
    auto handler = sysfs.word(cat(device, "dh_state")).value_or("");
    path.handler = handler == "detached" ? "" : handler;
    bool implicit = probe.tpgs == Tpgs::implicit_only || probe.tpgs == Tpgs::both;
    auto access = sysfs.word(cat(device, "access_state"));
    if (access && !(implicit && path.handler == "rdac")) {
        path.access = access_from_sysfs(*access);
        path.preferred = sysfs.word(cat(device, "preferred_path")) == "1";
        probe.access_from = Probe::AccessFrom::sysfs;
        probe.access_trouble.clear();
        probe.port_groups_refused = false;
    } else if (probe.access_from == Probe::AccessFrom::sysfs) {
        probe.access_from = Probe::AccessFrom::nobody;
    }
}

void look_at_pages(const Sysfs& sysfs, Probe& probe) {
    auto device = cat("block/", probe.path.name, "/device/");
    if (auto page = sysfs.read(cat(device, "vpd_pg80"))) {
        probe.path.serial = serial_from_vpd80(bytes_of(*page)).value_or("");
    }
    bool asked = probe.page_list.state != Question::State::needless;
    auto said = asked ? probe.path.wwid_from : "VPD 83h: not in sysfs, not asked for yet";
    auto page = sysfs.read(cat(device, "vpd_pg83"));
    bool shown = page && !page->empty();
    if (shown) absorb_vpd83(probe, bytes_of(*page));
    if (!probe.path.wwid.empty()) {
        if (probe.page_list.state != Question::State::out) probe.page_list = {};
        return;
    }
    if (asked || !shown) probe.path.wwid_from = said;
    if (!asked) probe.page_list.state = Question::State::open;
}

void look_at_sg(const Sysfs& sysfs, Path& path) {
    auto directory = cat("block/", path.name, "/device/scsi_generic");
    auto names = sysfs.list(directory);
    if (!names || names->empty()) return;
    path.sg_name = names->front();
    path.sg_dev = devno(sysfs.word(cat(directory, '/', path.sg_name, "/dev")).value_or(""));
}

void identify_scsi(const Sysfs& sysfs, Probe& probe) {
    auto& path = probe.path;
    auto at = cat("block/", path.name, "/device");
    auto word = [&](std::string_view attribute) { return sysfs.word(cat(at, '/', attribute)).value_or(""); };
    if (auto real = sysfs.real_path(at)) {
        path.scsi_id = scsi_id(std::string_view(*real).substr(real->rfind('/') + 1));
        auto attachment = scsi_attachment(sysfs, *real);
        path.transport = attachment.transport;
        path.target_node = attachment.target_node;
    }
    look_at_sg(sysfs, path);
    path.vendor = word("vendor");
    path.product = word("model");
    path.revision = word("rev");
    if (path.transport == Transport::usb) return leave_alone(probe, "USB: left alone, as allow_usb_devices no has it");
    auto seconds = number<unsigned>(word("timeout")).value_or(0);
    if (seconds > 0) probe.timeout = std::chrono::seconds(seconds);
    auto inquiry = sysfs.read(cat(at, "/inquiry"));
    if (inquiry) absorb_inquiry(probe, bytes_of(*inquiry));
    if (!inquiry || inquiry->size() < 6 || path.vendor.empty() || path.product.empty()) {
        probe.inquiry.state = Question::State::open;
    }
    probe.test_unit_ready.state = Question::State::open;
    look_at_pages(sysfs, probe);
}

void ask_again(Question& question) {
    if (question.state == Question::State::answered || question.state == Question::State::failed) {
        question = {.state = Question::State::open};
    }
}

void ask_again_if_failed(Question& question) {
    if (question.state == Question::State::failed) question = {.state = Question::State::open};
}

}  // namespace

bool can_be_path(std::string_view disk_name) { return is_scsi_disk(disk_name) || is_nvme_disk(disk_name); }

Result<std::vector<std::string>> enumerate(const Sysfs& sysfs) {
    auto names = TRY(sysfs.list("block"));
    std::erase_if(names, [&](const std::string& name) {
        return !can_be_path(name) || sysfs.word(cat("block/", name, "/hidden")) == "1";
    });
    return names;
}

Result<Probe> identify(const Sysfs& sysfs, std::string_view disk_name) {
    if (!can_be_path(disk_name)) return fail(EINVAL, safe(disk_name), ": not a disk that can be a path");
    Probe probe;
    auto& path = probe.path;
    path.name = disk_name;
    path.sys_path = TRY(sysfs.real_path(cat("block/", disk_name)), disk_name);
    auto dev = devno(TRY(sysfs.read(cat("block/", disk_name, "/dev")), disk_name));
    if (!dev) return fail(EPROTO, disk_name, ": dev: not a device number");
    path.dev = *dev;
    auto block_size = sysfs.word(cat("block/", disk_name, "/queue/logical_block_size")).value_or("");
    path.block_size = std::max(512u, number<std::uint32_t>(block_size).value_or(512));
    if (is_nvme_disk(disk_name)) {
        identify_nvme(sysfs, probe);
    } else {
        identify_scsi(sysfs, probe);
    }
    look_at_state(sysfs, probe);
    settle(probe);
    return probe;
}

void recheck(Probe& probe, const Sysfs& sysfs) {
    if (probe.left_alone) return;
    auto& path = probe.path;
    if (sysfs.real_path(cat("block/", path.name)) != path.sys_path) {
        path.kernel_state = "removed";
        return settle(probe);
    }
    look_at_state(sysfs, probe);
    if (path.bus == Bus::nvme) {
        if (path.wwid.empty()) look_at_nvme_wwid(sysfs, path);
    } else {
        if (path.wwid.empty()) look_at_pages(sysfs, probe);
        ask_again(probe.test_unit_ready);
        if (probe.access_from != Probe::AccessFrom::sysfs) ask_again(probe.port_groups);
        if (!probe.read_trouble.empty()) ask_again(probe.read);
        for (auto* question : {&probe.inquiry, &probe.page_list, &probe.page_80, &probe.page_83}) {
            ask_again_if_failed(*question);
        }
    }
    settle(probe);
}

}  // namespace rdm
