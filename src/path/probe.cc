// SPDX-License-Identifier: GPL-2.0-or-later
#include "path/probe.h"

#include <algorithm>

#include "config/blacklist.h"
#include "kernel/scsi_command.h"
#include "path/answers.h"
#include "path/choose.h"
#include "path/clariion.h"
#include "path/questions.h"

namespace rdm {

namespace {
using State = Question::State;

void judge_wwid(Probe& probe) {
    if (probe.wwid_allowed || probe.path.wwid.empty()) return;
    auto verdict = rdm::judge_wwid(probe.rules->config, probe.path.wwid);
    if (verdict.blacklisted()) return leave_alone(probe, std::move(verdict.why));
    probe.wwid_allowed = true;
}

/// A new choice has no answer yet, whatever else its question was asked for.
void choose_both(Probe& probe) {
    auto& path = probe.path;
    path.tpgs = path.port_group && !probe.port_groups_refused ? probe.tpgs : Tpgs::none;
    auto checker = choose_checker(probe);
    if (checker.checker != path.checker) probe.checked.reset();
    path.checker = checker.checker;
    path.checker_from = std::move(checker.from);
    auto prio = choose_prioritizer(probe);
    if (prio.prio != path.prioritizer) probe.told.reset();
    path.prioritizer = prio.prio;
    path.prioritizer_from = std::move(prio.from);
    probe.prio_args = prio.args;
}

void open_main(Probe& probe, QuestionOf question, bool is_known) {
    if (!question || is_known) return;
    if (!waits(probe.*question)) probe.*question = {.state = State::open};
}

void open_what_is_needed(Probe& probe) {
    const auto& path = probe.path;
    if (auto question = rdac_question(probe)) open_if_needless(probe.*question);
    if (needs_ana(probe)) open_if_needless(probe.nvme_ana);
    if (path.bus == Bus::scsi) open_main(probe, main_question(path.checker), probe.checked.has_value());
    open_main(probe, main_question(path.prioritizer), probe.told.has_value());
    if (path.checker == Checker::hp_sw) open_if_needless(probe.page_80);
    if (path.tpgs != Tpgs::none) open_if_needless(probe.port_groups);
}

/// Folds an answer into what checker and prioritizer say.
void tell(Probe& probe, QuestionOf question, const ScsiAnswer& answer) {
    auto& path = probe.path;
    bool is_read = question == &Probe::read;
    if (main_question(path.checker) == question) {
        probe.checked = checked_by(path.checker, answer, probe.rules->config.generation);
        probe.reads_too = path.checker == Checker::emc_clariion && is_clariion_active(answer);
        if (probe.checked->state == PathState::down && !is_read && probe.read.state != State::out) probe.read = {};
    } else if (is_read) {
        bool fine = path.checker == Checker::emc_clariion ? answer.good() : answered_by_disk(answer);
        probe.read_trouble = fine ? "" : cat("READ: ", text(answer));
    }
    bool keeps = path.state == PathState::down && probe.told && probe.told->value >= 0;
    if (main_question(path.prioritizer) == question && !keeps) {
        probe.told = prioritized_by(path.prioritizer, answer);
        bool may_be_proxy = path.prioritizer == Prioritizer::ontap && probe.told->value == 4;
        if (may_be_proxy && probe.page_c1.state != State::out) probe.page_c1 = {.state = State::open};
    }
    if (question == &Probe::page_c1 && path.prioritizer == Prioritizer::ontap)
        probe.told = prioritized_by_proxy(answer);
}

/// The reply was longer than the room for it: it is asked for again, once.
bool wants_more_room(Probe& probe, const ScsiRequest& request, const ScsiAnswer& answer) {
    auto length = std::min(rtpg_length(answer.data), most_scsi_data);
    bool cut = answer.good() && answer.data.size() >= request.room && length > request.room;
    if (request.command != ScsiCommand::report_target_port_groups || !cut) return false;
    probe.port_groups_room = static_cast<std::uint32_t>(length);
    return true;
}

/// The checker is content; whether READ has to be answered as well.
bool must_be_read(const Probe& probe) {
    bool readable = probe.path.sectors != 0 && probe.path.block_size <= most_scsi_data;
    if (probe.path.checker == Checker::emc_clariion) return readable && probe.reads_too;
    return readable && main_question(probe.path.checker) != &Probe::read;
}

/// What the answers make of a path that sysfs calls running.
Checked checked_by_answers(Probe& probe) {
    const auto& path = probe.path;
    if (path.checker == Checker::none) return {PathState::up, cat(safe(path.kernel_state), " (sysfs state)")};
    if (path.checker == Checker::undecided) return {PathState::pending, path.checker_from};
    if (path.checker == Checker::unknown) return {PathState::down, path.checker_from};
    if (!probe.checked) return {PathState::pending, cat("no answer to ", main_text(path.checker), " yet")};
    if (path.checker == Checker::hp_sw && waits(probe.page_80)) return {PathState::pending, "no answer to VPD 80h yet"};
    if (path.checker == Checker::hp_sw && probe.page_80.state == State::failed)
        return {PathState::down, "VPD 80h: no good answer"};
    if (probe.checked->state != PathState::up || !must_be_read(probe)) return *probe.checked;
    open_if_needless(probe.read);
    if (!probe.read_trouble.empty()) return {PathState::down, probe.read_trouble};
    if (waits(probe.read)) return {PathState::pending, "no answer to READ yet"};
    return *probe.checked;
}

void settle_state(Probe& probe) {
    auto& path = probe.path;
    auto checked = checked_by_sysfs(path.bus, path.kernel_state);
    if (!checked) checked = checked_by_answers(probe);
    if (checked->state == PathState::up && path.sectors == 0) {
        checked = Checked{PathState::ghost, cat(checked->from, ", size 0")};
    }
    path.state = checked->state;
    path.state_from = std::move(checked->from);
}

void settle_priority(Probe& probe) {
    auto& path = probe.path;
    bool by_report = path.prioritizer == Prioritizer::alua || !probe.shown_is_fresh;
    const auto& access = probe.reported && (by_report || !probe.shown) ? probe.reported : probe.shown;
    path.access = access ? access->access : Access::unknown;
    path.preferred = access && access->preferred;
    auto priority = prioritized(probe);
    path.priority = priority.value;
    path.priority_from = std::move(priority.from);
}

}  // namespace

void leave_alone(Probe& probe, std::string&& reason) {
    probe.left_alone = true;
    if (probe.path.wwid.empty()) probe.path.wwid_from = reason;
    probe.path.excluded = std::move(reason);
    probe.path.state = PathState::up;
    probe.path.state_from = "not asked";
}

void absorb(Probe& probe, const ScsiRequest& request, const ScsiAnswer& answer) {
    auto which = question_of(request);
    auto& question = probe.*which;
    if (question.state != State::out) return;
    if (question.stale) {
        question = {};
        return settle(probe);
    }
    if (wants_retry(request.command, answer, question.attempts)) {
        question.state = State::open;
        return;
    }
    if (wants_more_room(probe, request, answer)) {
        question = {.state = State::open};
        return;
    }
    question.state = answer.good() ? State::answered : State::failed;
    absorb_facts(probe, which, answer);
    choose_both(probe);
    tell(probe, which, answer);
    settle(probe);
}

void doubt(Probe& probe) {
    if (!is_asked(probe)) return;
    probe.checked.reset();
    for (auto which : {main_question(probe.path.checker), &Probe::read}) {
        if (!which) continue;
        auto& question = probe.*which;
        question.stale = question.state == State::out;
        if (!question.stale) question = {};
    }
    settle(probe);
}

void settle(Probe& probe) {
    judge_wwid(probe);
    if (probe.left_alone) return;
    auto& path = probe.path;
    if (path.bus == Bus::scsi && !is_asked(probe)) {
        probe.checked.reset();
        if (probe.read.state != State::out) probe.read = {};
    }
    choose_both(probe);
    open_what_is_needed(probe);
    settle_state(probe);
    settle_priority(probe);
}

}  // namespace rdm
