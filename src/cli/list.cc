// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/list.h"

#include "cli/columns.h"
#include "cli/leftover.h"
#include "cli/live.h"
#include "cli/size.h"
#include "map/coalesce.h"

namespace rdm {

namespace {

// A line of its own below a path: why it is not up, and where the kernel differs.
std::string note(const Path& path, const LiveMap& live) {
    auto kernel = kernel_differs(path, live);
    std::string why = path.state == PathState::up ? std::string() : escape(path.state_from);
    if (kernel.empty()) return why;
    return cat(why, why.empty() ? "" : "; ", "kernel: ", kernel);
}

std::string path_row(const Path& path) {
    return cat(path.scsi_id ? text(*path.scsi_id) : "", '\t', safe(path.name), '\t', text(path.dev), '\t',
               text(path.state), '\t', text(path.access), '\t', transport_text(path), '\n');
}

std::string group_lines(const Map& map, const LiveMap& live) {
    std::string rows;
    for (auto& path : map.paths) rows += path_row(path);
    rows = columns(rows, "    ");
    auto aligned = lines(rows);
    auto selector = words(map.selector);
    std::string out;
    for (std::size_t i = 0; i < map.groups.size(); ++i) {
        auto& group = map.groups[i];
        auto state = kernel_group(map, group, live);
        out += cat("  group ", i + 1, "  ", selector.empty() ? "" : selector[0], "  prio ", group.priority,
                   state ? "  " : "", state ? text(*state) : "", '\n');
        for (auto member : group.members) {
            out += cat(aligned[member], '\n');
            if (auto more = note(map.paths[member], live); !more.empty()) out += cat("      ", more, '\n');
        }
    }
    return out;
}

std::string partition_lines(const LiveMap& live) {
    if (live.parts.empty()) return {};
    std::string rows;
    for (auto& part : live.parts)
        rows += cat(safe(part.dm->name), '\t', text(part.dm->dev), '\t', size_text(sectors_of(*part.dm)), '\n');
    return cat("  partitions\n", columns(rows, "    "));
}

std::string disk_line(const Map& map) {
    std::string line = cat("  ", size_text(map.sectors));
    if (!map.paths.empty()) {
        auto& disk = map.paths.front();
        if (auto model = hardware(disk); !model.empty()) line += cat("  ", model);
        if (disk.block_size != 512) line += cat("  blocks of ", disk.block_size);
    }
    return line + (map.read_only ? "  read-only\n" : "\n");
}

std::string map_block(const Map& map, const LiveMap& live) {
    std::string head = title(map.name, map.wwid);
    if (live.dm) head += cat("  dm-", live.dm->dev.minor);
    head += cat("  ", text(map_state(map, live)), ", ", working_paths(map, live), " of ", map.paths.size(), " paths\n");
    return head + disk_line(map) + group_lines(map, live) + partition_lines(live);
}

std::string pathless_block(std::string_view wwid, const LiveMap& live) {
    return cat(title(live.dm->name, wwid), "  dm-", live.dm->dev.minor, "  no path of it was found\n", "  ",
               size_text(sectors_of(*live.dm)), '\n', partition_lines(live));
}

}  // namespace

std::string list_text(const World& world) {
    if (world.paths.empty() && world.present.empty()) return "no disk found\n";
    auto live = live_maps(world);
    std::string out;
    for (auto& map : world.decided.maps) {
        out += map_block(map, live[map.wwid]);
        live.erase(map.wwid);
    }
    for (auto& [wwid, one] : live) out += pathless_block(wwid, one);
    return out + leftover_lines(world);
}

std::string title(std::string_view name, std::string_view wwid) {
    return name == wwid ? escape(name) : cat(safe(name), " (", escape(wwid), ')');
}

std::string hardware(const Path& path) {
    return escape(cat(path.vendor, path.vendor.empty() || path.product.empty() ? "" : " ", path.product));
}

std::string transport_text(const Path& path) {
    if (path.transport == Transport::unspec) return escape(path.target_node);
    return cat(text(path.transport), path.target_node.empty() ? "" : " ", safe(path.target_node));
}

}  // namespace rdm
