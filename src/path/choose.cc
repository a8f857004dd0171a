// SPDX-License-Identifier: GPL-2.0-or-later
#include "path/choose.h"

#include "config/lookup.h"

namespace rdm {

namespace {

bool is_on(const Probe& probe, Keyword keyword) {
    return choose(probe.rules->config, keyword, {.devices = probe.path.hardware}).yes();
}

const Setting* set_by_hardware(const Probe& probe, Keyword keyword) {
    for (const auto* entry : probe.path.hardware)
        if (const auto* setting = entry->find(keyword)) return setting;
    return nullptr;
}

bool may_be_implicit(Tpgs tpgs) { return tpgs == Tpgs::implicit_only || tpgs == Tpgs::both; }

ChosenPrioritizer detected_prioritizer(const Probe& probe) {
    const auto& path = probe.path;
    if (path.bus == Bus::nvme) {
        if (!probe.has_ana) return {Prioritizer::none, "", "no answer about ANA yet"};
        return *probe.has_ana ? ChosenPrioritizer{Prioritizer::ana, "", "detect_prio: NVMe with ANA"}
                              : ChosenPrioritizer{};
    }
    if (path.tpgs == Tpgs::none) return {};
    bool rdac = false;
    if (may_be_implicit(path.tpgs) && rdac_question(probe)) {
        if (!probe.is_rdac) return {Prioritizer::none, "", "no answer to VPD c9h yet"};
        rdac = *probe.is_rdac;
    }
    if (rdac || !probe.shown) return {Prioritizer::alua, "", "detect_prio: TPGS"};
    return {Prioritizer::sysfs, "", "detect_prio: access_state in sysfs"};
}

std::string_view args_of(const Probe& probe, const Section* map, const Setting* prio) {
    const Config& config = probe.rules->config;
    for (const Section* section : {map, &config.overrides, &config.defaults})
        if (section && section->find(Keyword::prio) == prio) return section->value(Keyword::prio_args);
    const auto* args = set_by_hardware(probe, Keyword::prio_args);
    return args ? std::string_view(args->value) : std::string_view{};
}

ChosenPrioritizer configured_prioritizer(const Probe& probe) {
    const Config& config = probe.rules->config;
    const Section* map = multipath_entry(config, probe.path.wwid);
    auto chosen = choose(config, Keyword::prio, {.devices = probe.path.hardware, .multipath = map});
    auto prio = prioritizer_named(chosen.value);
    auto from = text(config, Keyword::prio, chosen);
    if (prio == Prioritizer::none) from += ": there is no such prioritizer";
    if (prio == Prioritizer::alua && probe.path.tpgs == Tpgs::none) {
        prio = Prioritizer::constant;
        from += ", but no TPGS";
    }
    return {prio, chosen.setting ? args_of(probe, map, chosen.setting) : "", std::move(from)};
}

}  // namespace

QuestionOf rdac_question(const Probe& probe) {
    if (probe.path.bus != Bus::scsi) return nullptr;
    bool prio_asks = may_be_implicit(probe.path.tpgs) && is_on(probe, Keyword::detect_prio);
    if (!prio_asks && !is_on(probe, Keyword::detect_checker)) return nullptr;
    if (const auto* checker = set_by_hardware(probe, Keyword::path_checker))
        return checker->value == "rdac" ? &Probe::page_c9 : nullptr;
    if (!probe.lists_rdac_page) return &Probe::page_list;
    return *probe.lists_rdac_page ? &Probe::page_c9 : nullptr;
}

bool needs_ana(const Probe& probe) {
    if (probe.path.bus != Bus::nvme) return false;
    return is_on(probe, Keyword::detect_prio) || configured_prioritizer(probe).prio == Prioritizer::ana;
}

ChosenChecker choose_checker(const Probe& probe) {
    const Config& config = probe.rules->config;
    if (probe.path.bus == Bus::scsi && is_on(probe, Keyword::detect_checker)) {
        if (rdac_question(probe)) {
            if (!probe.is_rdac) return {Checker::undecided, "no answer to VPD c9h yet"};
            if (*probe.is_rdac) return {Checker::rdac, "detect_checker: VPD c9h vac1"};
        }
        if (probe.path.tpgs != Tpgs::none) return {Checker::tur, "detect_checker: TPGS"};
    }
    auto chosen = choose(config, Keyword::path_checker, {.devices = probe.path.hardware});
    auto checker = checker_named(chosen.value);
    auto from = text(config, Keyword::path_checker, chosen);
    if (checker == Checker::unknown) from += ": there is no such checker";
    return {checker, std::move(from)};
}

ChosenPrioritizer choose_prioritizer(const Probe& probe) {
    if (is_on(probe, Keyword::detect_prio)) {
        auto detected = detected_prioritizer(probe);
        if (!detected.from.empty()) return detected;
    }
    return configured_prioritizer(probe);
}

}  // namespace rdm
