// SPDX-License-Identifier: GPL-2.0-or-later
#include "path/answers.h"

#include <algorithm>

#include "path/ana.h"
#include "path/rdac.h"
#include "path/vendor_wwid.h"
#include "path/vpd80.h"
#include "path/vpd83.h"

namespace rdm {

namespace {
using State = Question::State;

Bytes codes_of(Bytes page_list) {
    if (page_list.size() < 4 || page_list[1] != 0) return {};
    auto codes = page_list.subspan(4);
    return codes.first(std::min<std::size_t>(codes.size(), be16(page_list.subspan(2))));
}

bool has(Bytes codes, std::uint8_t code) { return std::ranges::find(codes, code) != codes.end(); }

void absorb_list_answer(Probe& probe, const ScsiAnswer& answer) {
    auto& path = probe.path;
    auto page = answer.good() ? Bytes(answer.data) : Bytes{};
    absorb_page_list(probe, page);
    bool sound = page.size() >= 4 && page[1] == 0;
    auto codes = codes_of(page);
    if (has(codes, 0x80) && path.serial.empty()) probe.page_80 = {.state = State::open};
    if (!path.wwid.empty()) return;
    if (!answered_by_disk(answer)) {
        path.wwid_from = cat("VPD 00h: ", text(answer));
    } else if (!sound || has(codes, 0x83) || vendor_way(path.vendor, path.product)) {
        probe.page_list.state = State::answered;
        probe.page_83 = {.state = State::open};
    } else {
        path.wwid_from = "VPD 83h: not on the disk's list of pages";
    }
}

void absorb_port_groups(Probe& probe, const ScsiAnswer& answer) {
    auto group = probe.path.port_group;
    if (!group) return;
    auto told = answer.good() ? access_from_rtpg(answer.data, *group) : fail(EIO, "RTPG: ", text(answer));
    if (told) {
        probe.reported = *told;
        probe.shown_is_fresh = probe.shown == probe.reported;
        probe.access_trouble.clear();
        probe.port_groups_refused = false;
        return;
    }
    probe.access_trouble = told.error().what();
    // A group that is not in the reply, while sysfs has a state: page 83h in sysfs is older than the array's groups.
    if (told.error().code() == ENOENT && probe.shown) return;
    if (!probe.reported && answered_by_disk(answer) && is_asked(probe)) probe.port_groups_refused = true;
}

/// Once an array is known as one, no answer makes it another.
void absorb_rdac_page(Probe& probe, const ScsiAnswer& answer) {
    if (!probe.is_rdac.value_or(false)) probe.is_rdac = answer.good() && is_rdac_page(answer.data);
}
}  // namespace

bool answered_by_disk(const ScsiAnswer& answer) { return !answer.failure && answer.host_status == 0; }

void absorb_facts(Probe& probe, QuestionOf question, const ScsiAnswer& answer) {
    if (question == &Probe::page_list) return absorb_list_answer(probe, answer);
    if (question == &Probe::port_groups) return absorb_port_groups(probe, answer);
    if (question == &Probe::page_c9) return absorb_rdac_page(probe, answer);
    if (question == &Probe::nvme_ana) {
        probe.has_ana = has_ana(answer);
    } else if (question == &Probe::page_83 && !answer.good()) {
        probe.path.wwid_from = cat("VPD 83h: ", text(answer));
    }
    if (!answer.good()) return;
    if (question == &Probe::inquiry) absorb_inquiry(probe, answer.data);
    if (question == &Probe::page_83) {
        probe.pages.in_sysfs = false;
        absorb_vpd83(probe, answer.data);
    }
    if (question == &Probe::page_80) absorb_vpd80(probe, answer.data);
}

void absorb_page_list(Probe& probe, Bytes page) { probe.lists_rdac_page = has(codes_of(page), 0xc9); }

void absorb_vpd83(Probe& probe, Bytes page) {
    probe.pages.vpd83.assign(page.begin(), page.end());
    probe.path.port_group = target_port_from_vpd83(page).group;
    decide_wwid(probe);
}

void absorb_vpd80(Probe& probe, Bytes page) {
    probe.path.serial = serial_from_vpd80(page).value_or("");
    probe.pages.vpd80.assign(page.begin(), page.end());
}

void absorb_inquiry(Probe& probe, Bytes data) {
    probe.pages.inquiry.assign(data.begin(), data.end());
    if (data.size() > 5) probe.tpgs = static_cast<Tpgs>(data[5] >> 4 & 3);
}

}  // namespace rdm
