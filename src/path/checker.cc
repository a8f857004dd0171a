// SPDX-License-Identifier: GPL-2.0-or-later
#include "path/checker.h"

#include <algorithm>
#include <iterator>

#include "path/clariion.h"
#include "path/rdac.h"

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

PathState state_by_tur(const ScsiAnswer& answer, Generation generation) {
    if (answer.good()) return PathState::up;
    if (answer.failure) return PathState::down;
    if (answer.status == reservation_conflict) return PathState::up;
    if (answer.sense == Sense{2, 0x04, 0x0b}) return PathState::ghost;  // target port in standby state
    bool transition = answer.sense == Sense{2, 0x04, 0x0a};
    return transition && generation != Generation::v0_9 ? PathState::pending : PathState::down;
}
}  // namespace

std::optional<Checked> checked_by_sysfs(Bus bus, std::string_view kernel_state) {
    if (bus == Bus::scsi && kernel_state.starts_with("running")) return std::nullopt;
    auto state = bus == Bus::nvme ? nvme_state(kernel_state) : scsi_state(kernel_state);
    return Checked{state, cat(safe(kernel_state), " (sysfs state)")};
}

Checked checked_by(Checker checker, const ScsiAnswer& answer, Generation generation) {
    auto good_or = [&](PathState otherwise) { return answer.good() ? PathState::up : otherwise; };
    std::string_view asked = "TUR";
    auto state = PathState::down;
    switch (checker) {
        case Checker::rdac:
            return checked_by_rdac(answer);
        case Checker::emc_clariion:
            return checked_by_clariion(answer);
        case Checker::hp_sw:
            state = good_or(PathState::ghost);
            break;
        case Checker::directio:
        case Checker::readsector0:
            asked = "READ";
            [[fallthrough]];
        case Checker::cciss_tur:
            state = good_or(PathState::down);
            break;
        case Checker::tur:
            state = state_by_tur(answer, generation);
            break;
        case Checker::undecided:
        case Checker::none:
        case Checker::unknown:
            break;
    }
    bool gone = answer.sense == Sense{5, 0x25, 0x00};
    return {state, cat(asked, answer.good() ? " " : ": ", text(answer), gone ? ", LUN not supported" : "")};
}

bool wants_retry(ScsiCommand command, const ScsiAnswer& answer, int attempts) {
    bool tur = command == ScsiCommand::test_unit_ready;
    bool read = command == ScsiCommand::read;
    constexpr std::uint16_t final[] = {0 /*ok*/, 1 /*no connect*/, 4 /*bad target*/, 5 /*abort*/, 0xf /*fail fast*/};
    if (answer.failure || attempts >= (tur ? 5 : read ? 3 : 4)) return false;
    if (answer.status == reservation_conflict) return false;
    if (answer.sense && answer.sense->key == 6) return true;
    if (read) return false;
    if (answer.sense && answer.sense->key == 2 && !tur) return true;
    return std::ranges::find(final, answer.host_status) == std::end(final);
}

}  // namespace rdm
