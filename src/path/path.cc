// SPDX-License-Identifier: GPL-2.0-or-later
#include "path/path.h"

#include <algorithm>

#include "base/text.h"
#include "config/value.h"

namespace rdm {

namespace {
// One text each: a table of views costs 40 bytes a name more in a program that may lie anywhere.
constexpr std::string_view checkers = "none tur directio readsector0 rdac hp_sw emc_clariion cciss_tur";
constexpr std::string_view prioritizers =
    "const alua sysfs ana rdac emc hp_sw hds ontap iet datacore weightedpath random path_latency";
constexpr std::string_view transports =
    "unspec fcp spi ssa sbp srp iscsi sas adt ata usb nvme-pcie nvme-rdma nvme-fc nvme-tcp nvme-loop nvme-apple";

/// Takes the first word and the blank behind it.
std::string_view next_word(std::string_view& list) {
    auto word = list.substr(0, list.find(' '));
    list.remove_prefix(std::min(list.size(), word.size() + 1));
    return word;
}

/// The word with this number, from 0; "" behind the last.
std::string_view word_at(std::string_view list, std::size_t number) {
    for (; number > 0 && !list.empty(); --number) next_word(list);
    return next_word(list);
}

/// The number of a word, from 0; how many there are if it is none of them.
std::size_t place_of(std::string_view word, std::string_view list) {
    std::size_t place = 0;
    while (!list.empty() && next_word(list) != word) ++place;
    return place;
}
}  // namespace

bool Path::operator==(const Path& other) const {
    // A loop over the texts is a third of what the default makes of them.
    for (auto text :
         {&Path::name, &Path::sg_name, &Path::sys_path, &Path::vendor, &Path::product, &Path::revision, &Path::serial,
          &Path::target_node, &Path::excluded, &Path::wwid, &Path::wwid_differs, &Path::wwid_from, &Path::handler,
          &Path::prioritizer_from, &Path::priority_from, &Path::checker_from, &Path::kernel_state, &Path::state_from})
        if (this->*text != other.*text) return false;
    return dev == other.dev && sg_dev == other.sg_dev && bus == other.bus && scsi_id == other.scsi_id &&
           sectors == other.sectors && block_size == other.block_size && read_only == other.read_only &&
           transport == other.transport && hardware == other.hardware && tpgs == other.tpgs &&
           port_group == other.port_group && access == other.access && preferred == other.preferred &&
           priority == other.priority && prioritizer == other.prioritizer && checker == other.checker &&
           state == other.state;
}

std::string_view text(Checker checker) { return word_at(checkers, static_cast<std::size_t>(checker) - 1); }
std::string_view text(Prioritizer prio) { return word_at(prioritizers, static_cast<std::size_t>(prio) - 1); }

Checker checker_named(std::string_view name) { return static_cast<Checker>(place_of(name, checkers) + 1); }

Prioritizer prioritizer_named(std::string_view name) {
    auto place = place_of(name, prioritizers) + 1;
    return place > static_cast<std::size_t>(Prioritizer::path_latency) ? Prioritizer::none
                                                                       : static_cast<Prioritizer>(place);
}

std::string_view text(PathState state) {
    switch (state) {
        case PathState::pending:
            return "pending";
        case PathState::up:
            return "up";
        case PathState::ghost:
            return "ghost";
        case PathState::down:
            break;
    }
    return "down";
}

std::string_view text(Access access) {
    switch (access) {
        case Access::unknown:
            break;
        case Access::optimized:
            return "optimized";
        case Access::non_optimized:
            return "non-optimized";
        case Access::lba_dependent:
            return "lba-dependent";
        case Access::standby:
            return "standby";
        case Access::unavailable:
            return "unavailable";
        case Access::offline:
            return "offline";
        case Access::transitioning:
            return "transitioning";
    }
    return "";
}

std::string_view text(Transport transport) { return word_at(transports, static_cast<std::size_t>(transport)); }

std::string_view protocol_name(const Path& path) {
    constexpr std::size_t scsi = 2;  // behind undef, ccw and cciss; its unspec is the last
    constexpr std::size_t nvme = 3;
    auto place = static_cast<std::size_t>(path.transport);
    if (path.transport == Transport::unspec)
        place = static_cast<std::size_t>(path.bus == Bus::nvme ? Transport::nvme_apple : Transport::usb) + 1;
    return word_at(protocols, place + (path.bus == Bus::nvme ? nvme : scsi));
}

std::string text(const ScsiId& id) { return cat(id.host, ':', id.channel, ':', id.target, ':', id.lun); }

}  // namespace rdm
