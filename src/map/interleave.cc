// SPDX-License-Identifier: GPL-2.0-or-later
#include "map/interleave.h"

#include <algorithm>

#include "base/text.h"

namespace rdm {

namespace {

/// "0000:05:00.0"
bool is_pci_address(std::string_view name) {
    return name.size() == 12 && name[4] == ':' && name[7] == ':' && name[10] == '.';
}

bool has_adapter(Transport transport) {
    return transport == Transport::fcp || transport == Transport::sas || transport == Transport::srp;
}

/// The nearest PCI device above the host that has another PCI device below it; empty: none.
std::string_view adapter_of(const Path& path) {
    if (!path.scsi_id || !has_adapter(path.transport)) return {};
    std::string_view above = path.sys_path;
    above = above.substr(0, above.find(cat("/host", path.scsi_id->host, '/')));
    bool below_is_pci = false;
    while (!above.empty()) {
        auto slash = above.rfind('/') + 1;
        bool is_pci = is_pci_address(above.substr(slash));
        if (is_pci && below_is_pci) return above;
        below_is_pci = is_pci;
        above = above.substr(0, slash == 0 ? 0 : slash - 1);
    }
    return {};
}

/// A member's place: which adapter, which of its hosts, both counted in the order in which they come.
struct Seat {
    std::string_view adapter;
    unsigned host;
    std::size_t adapter_number;
    std::size_t host_number;
    std::size_t member;
    bool taken = false;
};

/// How many hosts each adapter has.
using HostCounts = std::vector<std::size_t>;

void seat(std::vector<Seat>& seats, HostCounts& hosts, std::string_view adapter, unsigned host, std::size_t member) {
    auto same = std::ranges::find(seats, adapter, &Seat::adapter);
    auto number = same == seats.end() ? hosts.size() : same->adapter_number;
    if (number == hosts.size()) hosts.push_back(0);
    auto twin =
        std::ranges::find_if(seats, [&](const Seat& one) { return one.adapter_number == number && one.host == host; });
    auto host_number = twin == seats.end() ? hosts[number]++ : twin->host_number;
    seats.push_back({adapter, host, number, host_number, member});
}

}  // namespace

std::vector<std::size_t> table_order(const Map& map, const std::vector<std::size_t>& members) {
    if (members.size() <= 2 || !map.selector.starts_with("round-robin")) return members;
    std::vector<Seat> seats;
    HostCounts hosts;
    for (auto member : members) {
        const Path& path = map.paths[member];
        auto adapter = adapter_of(path);
        if (adapter.empty()) return members;
        seat(seats, hosts, adapter, path.scsi_id->host, member);
    }
    std::vector<std::size_t> order;
    // One turn an adapter, taken or not; at each of its turns an adapter goes on to its next host.
    for (std::size_t turn = 0; order.size() < members.size(); ++turn) {
        auto adapter = turn % hosts.size();
        auto host = turn / hosts.size() % hosts[adapter];
        auto next = std::ranges::find_if(seats, [&](const Seat& one) {
            return !one.taken && one.adapter_number == adapter && one.host_number == host;
        });
        if (next == seats.end()) continue;
        next->taken = true;
        order.push_back(next->member);
    }
    return order;
}

}  // namespace rdm
