// SPDX-License-Identifier: GPL-2.0-or-later
#include "path/checker.h"

#include <algorithm>
#include <iterator>

namespace rdm {

namespace {
constexpr std::uint8_t reservation_conflict = 0x18;

PathState scsi_state(std::string_view state) {
    return state.starts_with("blocked") || state.starts_with("quiesce") ? PathState::pending : PathState::down;
}

PathState nvme_state(std::string_view state) {
    if (state.starts_with("live")) return PathState::up;
    return state.starts_with("new") || state.starts_with("deleting") ? PathState::pending : PathState::down;
}

PathState state_by_sense(const Sense& sense, StandbySense standby) {
    struct Row {
        Sense sense;
        PathState state;
    };
    constexpr Row rows[] = {
        {{2, 0x04, 0x0b}, PathState::ghost},    // target port in standby state
        {{2, 0x04, 0x0a}, PathState::pending},  // asymmetric access state transition
    };
    for (const auto& row : rows) {
        if (row.sense == sense) return row.state;
    }
    bool hp = standby == StandbySense::alua_and_hp && sense == Sense{2, 0x04, 0x02};
    return hp ? PathState::ghost : PathState::down;
}
}  // namespace

std::optional<Checked> checked_by_sysfs(Bus bus, std::string_view kernel_state) {
    if (bus == Bus::scsi && kernel_state.starts_with("running")) return std::nullopt;
    auto state = bus == Bus::nvme ? nvme_state(kernel_state) : scsi_state(kernel_state);
    return Checked{state, cat(safe(kernel_state), " (sysfs state)")};
}

Checked checked_by_tur(const ScsiAnswer& answer, StandbySense standby) {
    if (answer.good()) return {PathState::up, "TUR good"};
    std::string from = cat("TUR: ", text(answer));
    if (answer.failure) return {PathState::down, from};
    if (answer.status == reservation_conflict) return {PathState::up, from};
    if (answer.sense == Sense{5, 0x25, 0x00}) from += ", LUN not supported";
    return {answer.sense ? state_by_sense(*answer.sense, standby) : PathState::down, from};
}

bool is_hp_standby(const ScsiAnswer& answer) { return !answer.failure && answer.sense == Sense{2, 0x04, 0x02}; }

bool wants_retry(ScsiCommand command, const ScsiAnswer& answer, int attempts) {
    bool tur = command == ScsiCommand::test_unit_ready;
    constexpr std::uint16_t final[] = {0 /*ok*/, 1 /*no connect*/, 4 /*bad target*/, 5 /*abort*/, 0xf /*fail fast*/};
    if (command == ScsiCommand::read || answer.failure || attempts >= (tur ? 5 : 4)) return false;
    if (answer.status == reservation_conflict) return false;
    if (answer.sense && (answer.sense->key == 6 || (answer.sense->key == 2 && !tur))) return true;
    return std::ranges::find(final, answer.host_status) == std::end(final);
}

}  // namespace rdm
