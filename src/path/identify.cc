// SPDX-License-Identifier: GPL-2.0-or-later
#include "path/identify.h"

#include <algorithm>
#include <utility>

#include "config/lookup.h"
#include "path/attribute.h"
#include "path/excluded.h"
#include "path/fixed_priority.h"
#include "path/nvme.h"
#include "path/questions.h"
#include "path/transport.h"
#include "path/udev_properties.h"
#include "path/vpd80.h"
#include "path/vpd83.h"
#include "path/wwid.h"

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

void look_at_access(const Sysfs& sysfs, Probe& probe, const std::string& device) {
    auto before = std::exchange(probe.shown, std::nullopt);
    if (auto access = sysfs.word(cat(device, "access_state"))) {
        bool preferred = number_at(sysfs, device, "preferred_path") != 0;
        probe.shown = PortGroupAccess{access_from_sysfs(*access), preferred};
    }
    if (probe.reported && (probe.shown != before || probe.shown == probe.reported)) probe.shown_is_fresh = true;
}

/// Everything that the kernel may change while the disk stays.
void look_at_state(const Sysfs& sysfs, Probe& probe) {
    auto& path = probe.path;
    path.sectors = number<std::uint64_t>(word_at(sysfs, "block/", path.name, "/size")).value_or(0);
    path.read_only = word_at(sysfs, "block/", path.name, "/ro") == "1";
    auto device = cat("block/", path.name, "/device/");
    path.kernel_state = sysfs.word(cat(device, "state")).value_or(probe.left_alone ? "" : "removed");
    if (path.bus != Bus::scsi) return;
    path.handler = word_at(sysfs, device, "dh_state");
    if (path.handler == "detached") path.handler.clear();
    look_at_access(sysfs, probe, device);
}

/// The udev property that holds the WWID. Source: decisions.md 1.1.
std::string_view uid_attribute(const Config& config, const Path& path) {
    auto by_name = uid_attribute_by_name(choose(config, Keyword::uid_attrs, {}).value, path.name);
    if (by_name) return *by_name;
    return choose(config, Keyword::uid_attribute, {.devices = path.hardware}).value;
}

struct VpdPages {
    std::string vpd80, vpd83;
};

VpdPages read_pages(const Sysfs& sysfs, const Path& path) {
    if (path.bus != Bus::scsi) return {};
    auto page = [&](const char* name) { return bytes_at(sysfs, "block/", path.name, "/device/", name); };
    return {page("vpd_pg80"), page("vpd_pg83")};
}

std::optional<UdevProperties> look_at_udev(const Sysfs& sysfs, Probe& probe) {
    auto known = read_udev_properties(*probe.files, sysfs, probe.path.dev, probe.path.sys_path);
    if (known) probe.udev_wwid = property(*known, probe.uid_attribute);
    return known;
}

/// The names of all that udev knows of the disk, or will know of it by the pages that are in sysfs.
std::vector<std::string> property_names(const Sysfs& sysfs, Probe& probe, const VpdPages& pages) {
    auto known = look_at_udev(sysfs, probe);
    if (!known)
        known = expected_properties(probe.rules->flavour,
                                    {probe.pages.inquiry, bytes_of(pages.vpd80), bytes_of(pages.vpd83)});
    std::vector<std::string> names;
    for (auto& one : *known) names.push_back(std::move(one.name));
    return names;
}

void look_at_pages(Probe& probe, const VpdPages& pages) {
    if (!pages.vpd80.empty()) absorb_vpd80(probe, bytes_of(pages.vpd80));
    bool asked = probe.page_list.state != Question::State::needless;
    auto said = asked ? probe.path.wwid_from : "VPD 83h: not in sysfs, not asked for yet";
    bool shown = !pages.vpd83.empty();
    if (shown) absorb_vpd83(probe, bytes_of(pages.vpd83));
    if (!shown && probe.udev_wwid) decide_wwid(probe);
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
    path.sg_dev = devno(word_at(sysfs, directory, '/', path.sg_name, "/dev"));
}

enum class MayBeEmpty : std::uint8_t { no, yes };

/// Takes an attribute's text; its end in white space and NUL bytes is stripped, a beginning in blanks is kept. false:
/// it is missing, and UNKNOWN.
bool take_name(const Sysfs& sysfs, const Path& path, const char* attribute, MayBeEmpty may_be_empty,
               std::string& text) {
    auto raw = sysfs.read(cat("block/", path.name, "/device/", attribute));
    text = raw.value_or("");
    while (!text.empty() && trim(std::string_view(&text.back(), 1)).empty()) text.pop_back();
    if (raw && (!text.empty() || may_be_empty == MayBeEmpty::yes)) return true;
    text = "UNKNOWN";
    return false;
}

/// Vendor, model and revision; the first that is missing, or "".
const char* look_at_names(const Sysfs& sysfs, Path& path) {
    const char* missing = "";
    if (!take_name(sysfs, path, "rev", MayBeEmpty::yes, path.revision)) missing = "rev";
    if (!take_name(sysfs, path, "model", MayBeEmpty::no, path.product)) missing = "model";
    if (!take_name(sysfs, path, "vendor", MayBeEmpty::no, path.vendor)) missing = "vendor";
    return missing;
}

void identify_scsi(const Sysfs& sysfs, Probe& probe) {
    auto& path = probe.path;
    auto at = cat("block/", path.name, "/device");
    if (auto real = sysfs.real_path(at)) {
        path.scsi_id = scsi_id(std::string_view(*real).substr(real->rfind('/') + 1));
        auto attachment = scsi_attachment(sysfs, *real);
        path.transport = attachment.transport;
        path.target_node = attachment.target_node;
    }
    look_at_sg(sysfs, path);
    auto seconds = number_at(sysfs, at, "/timeout");
    if (seconds > 0) probe.timeout = std::chrono::seconds(seconds);
    auto inquiry = bytes_at(sysfs, at, "/inquiry");
    absorb_inquiry(probe, bytes_of(inquiry));
    if (inquiry.size() < 6) probe.inquiry.state = Question::State::open;
    if (auto list = bytes_at(sysfs, at, "/vpd_pg0"); !list.empty()) absorb_page_list(probe, bytes_of(list));
}

void ask_again_if_failed(Question& question) {
    if (question.state == Question::State::failed) question = {.state = Question::State::open};
}

/// The names by which the hardware's entries go: NVMe's model with the blanks that fill it.
void identify_by_bus(Identification& with, Probe& probe) {
    auto& path = probe.path;
    std::string_view missing;
    bool is_nvme = is_nvme_disk(path.name);
    if (is_nvme) {
        identify_nvme(with.sysfs, probe);
    } else {
        identify_scsi(with.sysfs, probe);
        missing = look_at_names(with.sysfs, path);
    }
    auto product = path.product;
    if (is_nvme) {
        product = bytes_at(with.sysfs, "block/", path.name, "/device/model");
        product.resize(std::min(product.size(), product.find('\n')));
    }
    Hardware hardware{path.vendor, product, is_nvme ? std::nullopt : std::optional<std::string_view>(path.revision)};
    path.hardware = with.known.devices(with.rules.config, hardware);
    if (probe.left_alone) return;
    probe.uid_attribute = uid_attribute(with.rules.config, path);
    auto why = incomplete(with.rules.config.generation, path, missing);
    const auto pages = read_pages(with.sysfs, path);
    auto names = property_names(with.sysfs, probe, pages);
    if (why.empty()) why = excluded(with.sysfs, with.rules, path, product, names, probe.uid_attribute);
    if (!why.empty()) return leave_alone(probe, std::move(why));
    if (is_nvme) return look_at_nvme_wwid(with.sysfs, probe);
    look_at_pages(probe, pages);
}

/// Of prioritizers that ask nothing.
void look_at_priority(const Sysfs& sysfs, Probe& probe) {
    if (probe.left_alone) return;
    auto told = fixed_priority(sysfs, probe.path, probe.prio_args);
    if (!told || told == probe.told) return;
    probe.told = std::move(told);
    settle(probe);
}

void ask_for_check(Probe& probe) {
    const auto& path = probe.path;
    bool knows_priority = path.state == PathState::down && path.priority >= 0;
    if (auto question = main_question(path.checker)) ask_again(probe.*question);
    if (auto question = main_question(path.prioritizer); question && !knows_priority) ask_again(probe.*question);
    if (path.checker == Checker::hp_sw) ask_again(probe.page_80);
    bool by_report = path.prioritizer == Prioritizer::alua || !probe.shown || !probe.shown_is_fresh;
    if (by_report && !knows_priority) ask_again(probe.port_groups);
    if (!probe.read_trouble.empty() || probe.reads_too) ask_again(probe.read);
    for (auto* question :
         {&probe.inquiry, &probe.page_list, &probe.page_80, &probe.page_83, &probe.page_c9, &probe.nvme_ana}) {
        ask_again_if_failed(*question);
    }
}

}  // namespace

bool can_be_path(std::string_view disk_name) { return is_scsi_disk(disk_name) || is_nvme_disk(disk_name); }

std::string sysfs_wwid(const Sysfs& sysfs, std::string_view disk_name) {
    return word_at(sysfs, "block/", disk_name, is_nvme_disk(disk_name) ? "/wwid" : "/device/wwid");
}

Result<std::vector<std::string>> enumerate(const Sysfs& sysfs) {
    auto names = TRY(sysfs.list("block"));
    std::erase_if(names, [](const std::string& name) { return !can_be_path(name); });
    return names;
}

Result<std::unique_ptr<Probe>> identify(Identification& with, std::string_view disk_name) {
    const auto& sysfs = with.sysfs;
    if (!can_be_path(disk_name)) return fail(EINVAL, safe(disk_name), ": not a disk that can be a path");
    auto made = std::make_unique<Probe>();
    auto& probe = *made;
    probe.rules = &with.rules;
    probe.files = &with.files;
    auto& path = probe.path;
    path.name = disk_name;
    path.sys_path = TRY(sysfs.real_path(cat("block/", disk_name)), disk_name);
    auto dev = devno(TRY(sysfs.read(cat("block/", disk_name, "/dev")), disk_name));
    if (!dev) return fail(EPROTO, disk_name, ": dev: not a device number");
    path.dev = *dev;
    path.block_size = std::max(512u, number_at(sysfs, "block/", disk_name, "/queue/logical_block_size"));
    identify_by_bus(with, probe);
    look_at_state(sysfs, probe);
    settle(probe);
    look_at_priority(sysfs, probe);
    return made;
}

void recheck(Probe& probe, const Sysfs& sysfs) {
    if (probe.left_alone) return;
    auto& path = probe.path;
    if (sysfs.real_path(cat("block/", path.name)) != path.sys_path) {
        path.kernel_state = "removed";
        return settle(probe);
    }
    look_at_state(sysfs, probe);
    if (path.wwid.empty()) {
        if (path.bus == Bus::nvme) look_at_nvme_wwid(sysfs, probe);
        if (path.bus == Bus::scsi) {
            (void)look_at_udev(sysfs, probe);
            look_at_pages(probe, read_pages(sysfs, path));
        }
    }
    ask_for_check(probe);
    settle(probe);
    look_at_priority(sysfs, probe);
}

}  // namespace rdm
