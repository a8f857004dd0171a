// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include "path/questions.h"

namespace rdm {

/// What an answer tells of the disk, whatever its checker and its prioritizer make of it.
void absorb_facts(Probe& probe, QuestionOf question, const ScsiAnswer& answer);

/// The disk itself has answered, good or bad.
[[nodiscard]] bool answered_by_disk(const ScsiAnswer& answer);

}  // namespace rdm
