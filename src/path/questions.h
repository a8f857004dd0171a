// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include "path/probe.h"

// How a probe's questions stand; which there are, and why, is told in probe.h.

namespace rdm {

using QuestionOf = Question Probe::*;

/// The question whose answer checked_by() or prioritized_by() takes; nullptr: there is none.
[[nodiscard]] QuestionOf main_question(Checker checker);
[[nodiscard]] QuestionOf main_question(Prioritizer prio);

/// The former's name: "TUR", "VPD c9h".
[[nodiscard]] std::string_view main_text(Checker checker);

/// The question that a request came from.
[[nodiscard]] QuestionOf question_of(const ScsiRequest& request);

/// It has no answer yet, but will have.
[[nodiscard]] bool waits(const Question& question);
void open_if_needless(Question& question);
/// What has an answer is open again.
void ask_again(Question& question);

/// sysfs has the disk running (NVMe: live), and it is ours to ask.
[[nodiscard]] bool is_asked(const Probe& probe);

}  // namespace rdm
