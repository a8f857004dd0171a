// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <string>
#include <string_view>

#include "path/questions.h"

namespace rdm {

/// A choice and its reason; the view points into the configuration.
struct ChosenChecker {
    Checker checker = Checker::undecided;
    std::string from;  ///< "detect_checker: VPD c9h vac1"; "path_checker rdac: hardware table 0.14, LSI INF-01-00"
};
struct ChosenPrioritizer {
    Prioritizer prio = Prioritizer::none;
    std::string_view args;
    std::string from;  ///< "detect_prio: access_state in sysfs"; "prio rdac: /etc/multipath.conf:9"
};

/// detect_checker takes rdac for an array that is one, tur for a disk with TPGS; else path_checker as configured.
/// undecided: VPD 00h or c9h has yet to be read. unknown: multipath-tools has no such checker, and leaves the path
/// unchecked. Source: decisions.md 6.1; multipath-tools 0.9.4 and 0.14.3 (the same in both), propsel.c,
/// select_checker() and check_rdac().
[[nodiscard]] ChosenChecker choose_checker(const Probe& probe);

/// detect_prio takes ana for NVMe with ANA; for a SCSI disk with TPGS sysfs, if it shows access_state and the array is
/// not an RDAC with implicit TPGS, else alua. All without arguments. Else prio as configured, prio_args of the section
/// that has it (of the hardware's entries, the first that has any); alua without TPGS is const then. none: VPD c9h or
/// the controller has yet to answer, or multipath-tools has no such prioritizer.
/// Source: decisions.md 7.1; propsel.c, detect_prio() and select_prio().
[[nodiscard]] ChosenPrioritizer choose_prioritizer(const Probe& probe);

/// What has to be answered to tell whether the array is an RDAC: VPD c9h, if the hardware's entries have path_checker
/// rdac, or none at all and the disk lists the page; VPD 00h, if that list is not known. nullptr: it is none, or it
/// decides nothing.
[[nodiscard]] QuestionOf rdac_question(const Probe& probe);
/// Whether the controller has to be asked for ANA.
[[nodiscard]] bool needs_ana(const Probe& probe);

}  // namespace rdm
