// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/json.h"

#include "cli/json_writer.h"
#include "cli/live.h"
#include "map/coalesce.h"

namespace rdm {

namespace {

/// An array of objects, or of what `write` makes of each.
void list_member(JsonWriter& json, std::string_view name, const auto& all, auto write) {
    json.key(name);
    json.begin_array();
    for (auto& one : all) write(one);
    json.end_array();
}

std::string_view bus_text(Bus bus) {
    switch (bus) {
        case Bus::scsi:
            return "scsi";
        case Bus::nvme:
            return "nvme";
    }
    return "";
}

std::string_view tpgs_text(Tpgs tpgs) {
    switch (tpgs) {
        case Tpgs::none:
            return "none";
        case Tpgs::implicit_only:
            return "implicit";
        case Tpgs::explicit_only:
            return "explicit";
        case Tpgs::both:
            return "implicit and explicit";
    }
    return "";
}

std::string number_or_nothing(std::optional<std::uint64_t> number) { return number ? cat(*number) : ""; }

void device_members(JsonWriter& json, const Path& path) {
    json.members("name dev sg_name sg_dev? sys_path bus", path.name, text(path.dev), path.sg_name,
                 path.sg_dev ? text(*path.sg_dev) : "", path.sys_path, bus_text(path.bus));
    json.key("scsi_id");
    if (const auto& id = path.scsi_id)
        json.object("host channel target lun", id->host, id->channel, id->target, id->lun);
    else
        json.null();
    json.members("vendor product revision serial sectors block_size read_only transport target_node", path.vendor,
                 path.product, path.revision, path.serial, path.sectors, path.block_size, path.read_only,
                 text(path.transport), path.target_node);
}

void state_members(JsonWriter& json, const Path& path) {
    json.members("wwid wwid_from excluded tpgs port_group? handler access? preferred", path.wwid, path.wwid_from,
                 path.excluded, tpgs_text(path.tpgs), safe(number_or_nothing(path.port_group)), path.handler,
                 text(path.access), path.preferred);
    json.members("priority? priority_from prioritizer? prioritizer_from checker? checker_from",
                 safe(path.priority < 0 ? "" : cat(path.priority)), path.priority_from, text(path.prioritizer),
                 path.prioritizer_from, text(path.checker), path.checker_from);
    json.members("kernel_state state state_from", path.kernel_state, text(path.state), path.state_from);
}

void path_object(JsonWriter& json, const Path& path, std::string_view map, const LivePath* in_kernel) {
    json.begin_object();
    device_members(json, path);
    state_members(json, path);
    json.members("map? map_state?", map, !in_kernel ? "" : in_kernel->active ? "active" : "failed");
    json.end_object();
}

void dm_members(JsonWriter& json, const DmMap& dm) {
    json.members("name uuid dev open_count suspended read_only", dm.name, dm.uuid, text(dm.dev), dm.open_count,
                 dm.suspended, dm.read_only);
    list_member(json, "table", dm.table, [&](auto& target) {
        json.object("start sectors type params", target.start, target.sectors, target.type, target.params);
    });
    json.members("status", dm.status);
}

/// A linear map's first sector on the disk: the last word of "254:0 2048".
std::optional<std::uint64_t> start_of(const DmMap& partition) {
    if (partition.table.size() != 1 || partition.table[0].type != "linear") return std::nullopt;
    auto params = words(partition.table[0].params);
    return params.empty() ? std::nullopt : number<std::uint64_t>(params.back());
}

void kernel_and_partitions(JsonWriter& json, const LiveMap& live) {
    json.key("kernel");
    if (live.dm) {
        json.begin_object();
        dm_members(json, *live.dm);
        json.end_object();
    } else {
        json.null();
    }
    list_member(json, "partitions", live.parts, [&](auto& part) {
        json.begin_object();
        json.members("number start? sectors", part.number, safe(number_or_nothing(start_of(*part.dm))),
                     sectors_of(*part.dm));
        dm_members(json, *part.dm);
        json.end_object();
    });
}

void group_object(JsonWriter& json, const Map& map, const PriorityGroup& group, const LiveMap& live) {
    json.begin_object();
    auto state = kernel_group(map, group, live);
    json.members("priority kernel_state?", group.priority, state ? text(*state) : "");
    list_member(json, "paths", group.members, [&](auto member) { json.value(map.paths[member].name); });
    json.end_object();
}

void map_object(JsonWriter& json, const Map& map, const LiveMap& live) {
    json.begin_object();
    json.members("wwid name state usable_paths sectors read_only features handler selector grouping", map.wwid,
                 map.name, text(map_state(map, live)), working_paths(map, live), map.sectors, map.read_only,
                 map.features, map.handler, map.selector, map.grouping);
    list_member(json, "reasons", map.reasons,
                [&](auto& one) { json.object("subject value why", one.subject, one.value, one.why); });
    list_member(json, "groups", map.groups, [&](auto& group) { group_object(json, map, group, live); });
    kernel_and_partitions(json, live);
    json.end_object();
}

void other_map_object(JsonWriter& json, const std::string& wwid, const LiveMap& live) {
    json.begin_object();
    json.members("wwid", wwid);
    kernel_and_partitions(json, live);
    json.end_object();
}

}  // namespace

std::string list_json(const World& world) {
    auto live = live_maps(world);
    const auto places = memberships(world);
    JsonWriter json;
    json.begin_object();
    json.members("version", 1);
    list_member(json, "maps", world.decided.maps, [&](auto& map) { map_object(json, map, live[map.wwid]); });
    list_member(json, "paths", world.paths, [&](auto& path) {
        auto place = places.find(path.dev);
        if (place == places.end()) return path_object(json, path, "", nullptr);
        const auto& wwid = place->second.map->wwid;
        path_object(json, path, wwid, live[wwid].path(path.dev));
    });
    list_member(json, "refused", world.decided.refused,
                [&](auto& one) { json.object("subject reason", one.subject, one.reason); });
    for (auto& map : world.decided.maps) live.erase(map.wwid);
    list_member(json, "other_maps", live, [&](auto& one) { other_map_object(json, one.first, one.second); });
    json.end_object();
    return json.take();
}

}  // namespace rdm
