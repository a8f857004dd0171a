// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "path/fixture.h"
#include "path/questions.h"

namespace rdm {

/// For tests: nobody decided anything.
inline const Rules plain_rules;

/// For tests: a running disk of which sysfs told everything: only TEST UNIT READY is open.
inline Probe known_disk(const Rules& rules = plain_rules) {
    Probe probe;
    probe.rules = &rules;
    probe.lists_rdac_page = false;
    probe.path.name = "sda";
    probe.path.dev = {8, 0};
    probe.path.sg_dev = DevNo{21, 0};
    probe.path.sectors = 2048;
    probe.path.kernel_state = "running";
    probe.path.wwid = "3600";
    settle(probe);
    return probe;
}

inline std::string name(const ScsiRequest& request) {
    constexpr std::string_view names[] = {"inquiry", "vpd ", "tur", "rtpg", "read", "netapp", "ana"};
    auto name = names[static_cast<std::size_t>(request.command)];
    return request.command == ScsiCommand::vpd ? cat(name, hex({&request.page, 1})) : std::string(name);
}

/// Sends what is open; "tur; read".
inline std::string sent(Probe& probe, std::vector<ScsiRequest>& out) {
    std::string names;
    for (auto& request : take_questions(probe)) {
        names += cat(names.empty() ? "" : "; ", name(request));
        out.push_back(std::move(request));
    }
    return names;
}

inline std::string sent(Probe& probe) {
    std::vector<ScsiRequest> out;
    return sent(probe, out);
}

inline ScsiRequest request_of(std::string_view what) {
    ScsiRequest request;
    if (what == "inquiry") request.command = ScsiCommand::inquiry;
    if (what == "rtpg") request.command = ScsiCommand::report_target_port_groups;
    if (what == "read") request.command = ScsiCommand::read;
    if (what == "netapp") request.command = ScsiCommand::netapp_attributes;
    if (what == "ana") request.command = ScsiCommand::nvme_ana;
    if (what.starts_with("vpd ")) {
        request.command = ScsiCommand::vpd;
        request.page = number<std::uint8_t>(what.substr(4), 16).value_or(0);
    }
    return request;
}

inline void answer(Probe& probe, std::string_view to, std::string_view data = "") {
    ScsiAnswer answer;
    answer.data = hex_bytes(data);
    absorb(probe, request_of(to), answer);
}

inline void answer_sense(Probe& probe, std::string_view to, Sense sense) {
    ScsiAnswer answer;
    answer.status = 2;
    answer.sense = sense;
    absorb(probe, request_of(to), answer);
}

/// The disk itself says nothing: DID_… of include/scsi/scsi_status.h, 3 is "timed out".
inline void answer_host(Probe& probe, std::string_view to, std::uint16_t status) {
    ScsiAnswer answer;
    answer.host_status = status;
    absorb(probe, request_of(to), answer);
}

inline void answer_not_sent(Probe& probe, std::string_view to) {
    ScsiAnswer answer;
    answer.failure = Error{ENODEV, "no such device"};
    absorb(probe, request_of(to), answer);
}

/// A disk that has been asked so far that it is up.
inline Probe up_disk() {
    auto probe = known_disk();
    for (std::string_view to : {"tur", "read"}) {
        (void)take_questions(probe);
        answer(probe, to);
    }
    return probe;
}

inline std::string state(const Probe& probe) { return cat(text(probe.path.state), ": ", probe.path.state_from); }

inline std::string priority(const Probe& probe) { return cat(probe.path.priority, " by ", probe.path.priority_from); }

}  // namespace rdm
