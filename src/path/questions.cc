// SPDX-License-Identifier: GPL-2.0-or-later
#include "path/questions.h"

namespace rdm {

namespace {
using State = Question::State;

struct Row {
    QuestionOf question;
    ScsiCommand command;
    std::uint8_t page = 0;
};
/// In the order in which they are sent.
constexpr Row rows[] = {
    {&Probe::inquiry, ScsiCommand::inquiry},
    {&Probe::test_unit_ready, ScsiCommand::test_unit_ready},
    {&Probe::page_list, ScsiCommand::vpd, 0x00},
    {&Probe::page_83, ScsiCommand::vpd, 0x83},
    {&Probe::page_80, ScsiCommand::vpd, 0x80},
    {&Probe::page_c0, ScsiCommand::vpd, 0xc0},
    {&Probe::page_c1, ScsiCommand::vpd, 0xc1},
    {&Probe::page_c9, ScsiCommand::vpd, 0xc9},
    {&Probe::port_groups, ScsiCommand::report_target_port_groups},
    {&Probe::netapp_attributes, ScsiCommand::netapp_attributes},
    {&Probe::nvme_ana, ScsiCommand::nvme_ana},
    {&Probe::read, ScsiCommand::read},
};
}  // namespace

QuestionOf main_question(Checker checker) {
    switch (checker) {
        case Checker::tur:
        case Checker::cciss_tur:
        case Checker::hp_sw:
            return &Probe::test_unit_ready;
        case Checker::directio:
        case Checker::readsector0:
            return &Probe::read;
        case Checker::rdac:
            return &Probe::page_c9;
        case Checker::emc_clariion:
            return &Probe::page_c0;
        case Checker::undecided:
        case Checker::none:
        case Checker::unknown:
            break;
    }
    return nullptr;
}

QuestionOf main_question(Prioritizer prio) {
    if (prio == Prioritizer::ana) return &Probe::nvme_ana;
    if (prio == Prioritizer::rdac) return &Probe::page_c9;
    if (prio == Prioritizer::emc) return &Probe::page_c0;
    if (prio == Prioritizer::hp_sw) return &Probe::test_unit_ready;
    return prio == Prioritizer::ontap ? &Probe::netapp_attributes : nullptr;
}

std::string_view main_text(Checker checker) {
    auto question = main_question(checker);
    if (question == &Probe::page_c9) return "VPD c9h";
    if (question == &Probe::page_c0) return "VPD c0h";
    return question == &Probe::read ? "READ" : "TUR";
}

QuestionOf question_of(const ScsiRequest& request) {
    for (const auto& row : rows)
        if (row.command == request.command && row.page == request.page) return row.question;
    return &Probe::page_list;
}

bool waits(const Question& question) { return question.state == State::open || question.state == State::out; }

void open_if_needless(Question& question) {
    if (question.state == State::needless) question = {.state = State::open};
}

void ask_again(Question& question) {
    if (question.state == State::answered || question.state == State::failed) question = {.state = State::open};
}

bool is_asked(const Probe& probe) {
    if (probe.left_alone) return false;
    auto checked = checked_by_sysfs(probe.path.bus, probe.path.kernel_state);
    return probe.path.bus == Bus::nvme ? checked->state == PathState::up : !checked;
}

std::vector<ScsiRequest> take_questions(Probe& probe) {
    std::vector<ScsiRequest> requests;
    if (!is_asked(probe)) return requests;
    const auto& path = probe.path;
    for (const auto& row : rows) {
        auto& question = probe.*row.question;
        if (question.state != State::open) continue;
        question.state = State::out;
        ++question.attempts;
        requests.push_back({.disk = path.name,
                            .dev = path.dev,
                            .sg_dev = path.sg_dev,
                            .sg_name = path.sg_name,
                            .host = path.scsi_id ? std::optional(path.scsi_id->host) : std::nullopt,
                            .command = row.command,
                            .page = row.page,
                            .block_size = path.block_size,
                            .room = probe.port_groups_room,
                            .timeout = probe.timeout});
    }
    if (!requests.empty()) requests.front().together = requests.size();
    return requests;
}

bool is_settled(const Probe& probe) {
    if (!is_asked(probe)) return true;
    for (const auto& row : rows)
        if (waits(probe.*row.question)) return false;
    return true;
}

}  // namespace rdm
