// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/json.h"

#include "cli/json_writer.h"
#include "cli/live.h"
#include "map/coalesce.h"

namespace rdm {

namespace {

template <class Value>
void optional_member(JsonWriter& json, std::string_view name, const std::optional<Value>& value) {
    json.key(name);
    if (value)
        json.value(*value);
    else
        json.null();
}

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

void scsi_id(JsonWriter& json, const std::optional<ScsiId>& id) {
    json.key("scsi_id");
    if (!id) return json.null();
    json.begin_object();
    json.member("host", id->host);
    json.member("channel", id->channel);
    json.member("target", id->target);
    json.member("lun", id->lun);
    json.end_object();
}

void device_members(JsonWriter& json, const Path& path) {
    json.member("name", path.name);
    json.member("dev", text(path.dev));
    json.member("sg_name", path.sg_name);
    optional_member(json, "sg_dev", path.sg_dev ? std::optional(text(*path.sg_dev)) : std::nullopt);
    json.member("sys_path", path.sys_path);
    json.member("bus", bus_text(path.bus));
    scsi_id(json, path.scsi_id);
    json.member("vendor", path.vendor);
    json.member("product", path.product);
    json.member("revision", path.revision);
    json.member("serial", path.serial);
    json.member("sectors", path.sectors);
    json.member("block_size", path.block_size);
    json.member("read_only", path.read_only);
    json.member("transport", text(path.transport));
    json.member("target_node", path.target_node);
}

void state_members(JsonWriter& json, const Path& path) {
    json.member("wwid", path.wwid);
    json.member("wwid_from", path.wwid_from);
    json.member("excluded", path.excluded);
    json.member("tpgs", tpgs_text(path.tpgs));
    optional_member(json, "port_group", path.port_group);
    json.member("handler", path.handler);
    auto access = text(path.access);
    optional_member(json, "access", access.empty() ? std::nullopt : std::optional(access));
    json.member("preferred", path.preferred);
    optional_member(json, "priority", path.priority < 0 ? std::nullopt : std::optional(path.priority));
    json.member("priority_from", path.priority_from);
    auto prio = text(path.prioritizer);
    optional_member(json, "prioritizer", prio.empty() ? std::nullopt : std::optional(prio));
    json.member("kernel_state", path.kernel_state);
    json.member("state", text(path.state));
    json.member("state_from", path.state_from);
}

struct Place {
    const Map* map;
    const LivePath* in_kernel;
};

void path_object(JsonWriter& json, const Path& path, const Place* place) {
    json.begin_object();
    device_members(json, path);
    state_members(json, path);
    optional_member(json, "map", place ? std::optional(place->map->wwid) : std::nullopt);
    auto* in_kernel = place ? place->in_kernel : nullptr;
    optional_member(json, "map_state",
                    in_kernel ? std::optional(in_kernel->active ? "active" : "failed") : std::nullopt);
    json.end_object();
}

void target_object(JsonWriter& json, const DmTarget& target) {
    json.begin_object();
    json.member("start", target.start);
    json.member("sectors", target.sectors);
    json.member("type", target.type);
    json.member("params", target.params);
    json.end_object();
}

void dm_members(JsonWriter& json, const DmMap& dm) {
    json.member("name", dm.name);
    json.member("uuid", dm.uuid);
    json.member("dev", text(dm.dev));
    json.member("open_count", dm.open_count);
    json.member("suspended", dm.suspended);
    json.member("read_only", dm.read_only);
    list_member(json, "table", dm.table, [&](auto& target) { target_object(json, target); });
    json.member("status", dm.status);
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
        json.member("number", part.number);
        optional_member(json, "start", start_of(*part.dm));
        json.member("sectors", sectors_of(*part.dm));
        dm_members(json, *part.dm);
        json.end_object();
    });
}

void group_object(JsonWriter& json, const Map& map, const PriorityGroup& group, const LiveMap& live) {
    json.begin_object();
    json.member("priority", group.priority);
    auto state = kernel_group(map, group, live);
    optional_member(json, "kernel_state", state ? std::optional(text(*state)) : std::nullopt);
    list_member(json, "paths", group.members, [&](auto member) { json.value(map.paths[member].name); });
    json.end_object();
}

void map_object(JsonWriter& json, const Map& map, const LiveMap& live) {
    json.begin_object();
    json.member("wwid", map.wwid);
    json.member("name", map.name);
    json.member("state", text(map_state(map, live)));
    json.member("usable_paths", working_paths(map, live));
    json.member("sectors", map.sectors);
    json.member("read_only", map.read_only);
    json.member("features", map.features);
    json.member("handler", map.handler);
    json.member("selector", map.selector);
    json.member("grouping", map.grouping);
    list_member(json, "reasons", map.reasons, [&](auto& one) {
        json.begin_object();
        json.member("subject", one.subject);
        json.member("value", one.value);
        json.member("why", one.why);
        json.end_object();
    });
    list_member(json, "groups", map.groups, [&](auto& group) { group_object(json, map, group, live); });
    kernel_and_partitions(json, live);
    json.end_object();
}

void other_map_object(JsonWriter& json, const std::string& wwid, const LiveMap& live) {
    json.begin_object();
    json.member("wwid", wwid);
    kernel_and_partitions(json, live);
    json.end_object();
}

}  // namespace

std::string list_json(const World& world) {
    auto live = live_maps(world);
    const LiveMap none;
    std::map<DevNo, Place> places;
    JsonWriter json;
    json.begin_object();
    json.member("version", 1);
    list_member(json, "maps", world.decided.maps, [&](auto& map) {
        auto found = live.find(map.wwid);
        auto& one = found == live.end() ? none : found->second;
        for (auto& path : map.paths) places[path.dev] = {.map = &map, .in_kernel = one.path(path.dev)};
        map_object(json, map, one);
    });
    list_member(json, "paths", world.paths, [&](auto& path) {
        auto place = places.find(path.dev);
        path_object(json, path, place == places.end() ? nullptr : &place->second);
    });
    list_member(json, "refused", world.decided.refused, [&](auto& one) {
        json.begin_object();
        json.member("subject", one.subject);
        json.member("reason", one.reason);
        json.end_object();
    });
    for (auto& map : world.decided.maps) live.erase(map.wwid);
    list_member(json, "other_maps", live, [&](auto& one) { other_map_object(json, one.first, one.second); });
    json.end_object();
    return json.take();
}

}  // namespace rdm
