// SPDX-License-Identifier: GPL-2.0-or-later
#include "path/probe.h"

#include <algorithm>

#include "path/alua.h"
#include "path/priority.h"
#include "path/vendor_wwid.h"
#include "path/vpd80.h"
#include "path/vpd83.h"

namespace rdm {

namespace {
using State = Question::State;

bool waits(const Question& question) { return question.state == State::open || question.state == State::out; }

void open_if_needless(Question& question) {
    if (question.state == State::needless) question = {State::open, 0};
}

bool is_asked(const Probe& probe) {
    return probe.path.bus == Bus::scsi && !checked_by_sysfs(probe.path.bus, probe.path.kernel_state);
}

std::string field(Bytes data, std::size_t at, std::size_t length) {
    if (data.size() < at + length) return "";
    return std::string(trim({reinterpret_cast<const char*>(data.data()) + at, length}));
}

StandbySense standby_of(const Path& path) {
    const auto* way = vendor_way(path.vendor, path.product);
    return way ? way->standby : StandbySense::alua;
}

/// The question that a request came from.
Question& question_of(Probe& probe, const ScsiRequest& request) {
    switch (request.command) {
        case ScsiCommand::inquiry:
            return probe.inquiry;
        case ScsiCommand::vpd:
            break;
        case ScsiCommand::test_unit_ready:
            return probe.test_unit_ready;
        case ScsiCommand::report_target_port_groups:
            return probe.port_groups;
        case ScsiCommand::read:
            return probe.read;
    }
    if (request.page == 0x80) return probe.page_80;
    return request.page == 0x83 ? probe.page_83 : probe.page_list;
}

void absorb_page_list(Probe& probe, const ScsiAnswer& answer) {
    Bytes page = answer.data;
    if (!answer.good() || page.size() < 4) {
        probe.path.wwid_from = cat("VPD 00h: ", answer.good() ? "cut short" : text(answer));
        return;
    }
    auto list = page.subspan(4);
    list = list.first(std::min<std::size_t>(list.size(), be16(page.subspan(2))));
    auto has = [list](std::uint8_t code) { return std::ranges::find(list, code) != list.end(); };
    if (has(0x80) && probe.path.serial.empty()) probe.page_80 = {State::open, 0};
    if (has(0x83)) {
        probe.page_83 = {State::open, 0};
    } else {
        probe.path.wwid_from = "VPD 83h: not on the disk's list of pages";
    }
}

void absorb_test_unit_ready(Probe& probe, const ScsiAnswer& answer) {
    probe.checked = checked_by_tur(answer, standby_of(probe.path));
    probe.hp_standby = is_hp_standby(answer);
    if (probe.checked->state == PathState::down && probe.read.state != State::out) probe.read = {};
}

void absorb_port_groups(Probe& probe, const ScsiAnswer& answer) {
    auto group = probe.path.port_group;
    if (!group) return;
    auto told = answer.good() ? access_from_rtpg(answer.data, *group) : fail(EIO, "RTPG: ", text(answer));
    if (told) {
        probe.path.access = told->access;
        probe.path.preferred = told->preferred;
        probe.access_from = Probe::AccessFrom::port_groups;
        probe.access_trouble.clear();
    } else if (probe.access_from == Probe::AccessFrom::nobody && is_asked(probe)) {
        probe.path.tpgs = Tpgs::none;
    } else {
        probe.access_trouble = told.error().what;
    }
}

void absorb_data(Probe& probe, const ScsiRequest& request, const ScsiAnswer& answer) {
    switch (request.command) {
        case ScsiCommand::inquiry:
            if (answer.good()) absorb_inquiry(probe, answer.data);
            return;
        case ScsiCommand::test_unit_ready:
            return absorb_test_unit_ready(probe, answer);
        case ScsiCommand::report_target_port_groups:
            return absorb_port_groups(probe, answer);
        case ScsiCommand::read:
            return;
        case ScsiCommand::vpd:
            break;
    }
    if (request.page == 0) return absorb_page_list(probe, answer);
    if (request.page == 0x80 && answer.good()) {
        probe.path.serial = serial_from_vpd80(answer.data).value_or("");
    } else if (request.page == 0x83 && answer.good()) {
        absorb_vpd83(probe, answer.data);
    } else if (request.page == 0x83) {
        probe.path.wwid_from = cat("VPD 83h: ", text(answer));
    }
}

/// What TEST UNIT READY and READ make of a path that sysfs calls running.
Checked checked_by_answers(Probe& probe) {
    if (!probe.checked) return {PathState::pending, "no answer to TUR yet"};
    if (probe.checked->state != PathState::up || probe.path.sectors == 0) return *probe.checked;
    open_if_needless(probe.read);
    if (waits(probe.read)) return {PathState::pending, "no answer to READ yet"};
    return *probe.checked;
}

}  // namespace

std::vector<ScsiRequest> take_questions(Probe& probe) {
    std::vector<ScsiRequest> requests;
    if (!is_asked(probe)) return requests;
    const auto& path = probe.path;
    auto ask = [&](Question& question, ScsiCommand command, std::uint8_t page = 0) {
        if (question.state != State::open) return;
        question.state = State::out;
        ++question.attempts;
        requests.push_back({.disk = path.name,
                            .dev = path.dev,
                            .sg_dev = path.sg_dev,
                            .command = command,
                            .page = page,
                            .block_size = path.block_size,
                            .timeout = probe.timeout});
    };
    ask(probe.inquiry, ScsiCommand::inquiry);
    ask(probe.test_unit_ready, ScsiCommand::test_unit_ready);
    if (!waits(probe.inquiry)) ask(probe.page_list, ScsiCommand::vpd);  // who made it decides how 83h is read
    ask(probe.page_83, ScsiCommand::vpd, 0x83);
    ask(probe.page_80, ScsiCommand::vpd, 0x80);
    ask(probe.port_groups, ScsiCommand::report_target_port_groups);
    ask(probe.read, ScsiCommand::read);
    return requests;
}

void absorb(Probe& probe, const ScsiRequest& request, const ScsiAnswer& answer) {
    auto& question = question_of(probe, request);
    if (question.state != State::out) return;
    if (request.command != ScsiCommand::read && wants_retry(answer, question.attempts)) {
        question.state = State::open;
        return;
    }
    question.state = answer.good() ? State::answered : State::failed;
    absorb_data(probe, request, answer);
    settle(probe);
}

void absorb_vpd83(Probe& probe, Bytes page) {
    auto& path = probe.path;
    auto wwid = wwid_from_vpd83(page);
    const auto* way = vendor_way(path.vendor, path.product);
    if (way && (!wwid || !*wwid)) {
        auto vendors = way->wwid(page);
        if (vendors && *vendors) wwid = std::move(vendors);
    }
    path.wwid = wwid && *wwid ? (*wwid)->text : "";
    path.wwid_from = !wwid ? wwid.error().what : *wwid ? (*wwid)->from : "VPD 83h: names no logical unit";
    path.port_group = target_port_from_vpd83(page).group;
    if (!path.port_group) path.tpgs = Tpgs::none;
}

void absorb_inquiry(Probe& probe, Bytes data) {
    auto& path = probe.path;
    if (path.vendor.empty()) path.vendor = field(data, 8, 8);
    if (path.product.empty()) path.product = field(data, 16, 16);
    if (path.revision.empty()) path.revision = field(data, 32, 4);
    bool pages_name_no_group = !path.wwid.empty() && !path.port_group;
    if (data.size() > 5 && !pages_name_no_group) path.tpgs = static_cast<Tpgs>(data[5] >> 4 & 3);
}

void settle(Probe& probe) {
    auto& path = probe.path;
    if (probe.left_alone) return;
    bool wants_access = path.tpgs != Tpgs::none && path.port_group && probe.access_from != Probe::AccessFrom::sysfs;
    if (wants_access) open_if_needless(probe.port_groups);
    auto checked = checked_by_sysfs(path.bus, path.kernel_state);
    if (checked && path.bus == Bus::scsi) {
        probe.checked.reset();
        if (probe.read.state != State::out) probe.read = {};
    } else if (!checked) {
        checked = checked_by_answers(probe);
    }
    if (checked->state == PathState::up && path.sectors == 0) {
        checked = Checked{PathState::ghost, cat(checked->from, ", size 0")};
    }
    path.state = checked->state;
    path.state_from = checked->from;
    auto priority = prioritized(probe);
    path.priority = priority.value;
    path.priority_from = priority.from;
    path.prioritizer = prioritizer(probe);
}

void doubt(Probe& probe) {
    if (!is_asked(probe)) return;
    probe.checked.reset();
    if (probe.test_unit_ready.state != State::out) probe.test_unit_ready = {State::open, 0};
    if (probe.read.state != State::out) probe.read = {};
    settle(probe);
}

bool is_settled(const Probe& probe) {
    if (!is_asked(probe)) return true;
    return !waits(probe.inquiry) && !waits(probe.page_list) && !waits(probe.page_80) && !waits(probe.page_83) &&
           !waits(probe.test_unit_ready) && !waits(probe.port_groups) && !waits(probe.read);
}

}  // namespace rdm
