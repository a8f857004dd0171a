// SPDX-License-Identifier: GPL-2.0-or-later
#include "map/interleave.h"

#include "base/sort.h"
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

}  // namespace

std::vector<std::size_t> table_order(const Map& map, const std::vector<std::size_t>& members) {
    if (members.size() <= 2 || !map.selector.starts_with("round-robin")) return members;
    std::vector<std::string_view> above;
    // Of each member: its adapter and the adapter's host, both counted as they come, and how many sit there before it.
    std::vector<std::size_t> adapter(members.size());
    auto host = adapter;
    auto before = adapter;
    std::vector<std::size_t> hosts;  // how many each adapter has
    for (std::size_t n = 0; n < members.size(); ++n) {
        const Path& path = map.paths[members[n]];
        above.push_back(adapter_of(path));
        if (above[n].empty()) return members;
        adapter[n] = hosts.size();
        for (std::size_t m = 0; m < n; ++m) {
            if (above[m] != above[n]) continue;
            adapter[n] = adapter[m];
            if (map.paths[members[m]].scsi_id->host != path.scsi_id->host) continue;
            host[n] = host[m];
            ++before[n];
        }
        if (adapter[n] == hosts.size()) hosts.push_back(0);
        if (before[n] == 0) host[n] = hosts[adapter[n]]++;
    }
    // One turn an adapter, taken or not; at each of its turns an adapter goes on to its next host.
    std::vector<std::size_t> order;
    for (std::size_t n = 0; n < members.size(); ++n) order.push_back(n);
    sort_by(order, {},
            [&](std::size_t n) { return (before[n] * hosts[adapter[n]] + host[n]) * hosts.size() + adapter[n]; });
    for (auto& one : order) one = members[one];
    return order;
}

}  // namespace rdm
