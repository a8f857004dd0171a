// SPDX-License-Identifier: GPL-2.0-or-later
#include <libdevmapper.h>
#include <linux/dm-ioctl.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>

#include "base/sort.h"
#include "kernel/dm_session.h"
#include "kernel/real_dm.h"

namespace rdm {

namespace {

const char* aligned(const char* at) { return at + (8 - reinterpret_cast<std::uintptr_t>(at) % 8) % 8; }

/// What stands behind a name in the kernel's list: event number, flags and, if they say so, the uuid, mangled; nullptr:
/// they do not. Source: linux/dm-ioctl.h, struct dm_name_list; the first two since 4.38, the uuid since 4.45.
const char* listed_uuid(const char* name) {
    const char* at = aligned(name + std::strlen(name) + 1);
    std::uint32_t flags = 0;
    std::memcpy(&flags, at + 4, sizeof flags);
    if (flags & DM_NAME_LIST_FLAG_HAS_UUID) return aligned(at + 8);
    if (flags & DM_NAME_LIST_FLAG_DOESNT_HAVE_UUID) return "";
    return nullptr;
}

std::vector<DmTarget> targets(dm_task* task) {
    std::vector<DmTarget> found;
    void* next = nullptr;
    do {
        DmTarget target;
        char* type = nullptr;
        char* params = nullptr;
        next = dm_get_next_target(task, next, &target.start, &target.sectors, &type, &params);
        if (!type) break;
        target.type = type;
        target.params = trim(params ? params : "");
        found.push_back(std::move(target));
    } while (next);
    return found;
}

/// A device's table or status; ENXIO if it is gone, and so with an error of its own if the kernel gives one.
Result<DmTask> ask(DmSession& session, int type, const std::string& name) {
    DmTask task = TRY(session.task(type, name));
    dm_task_no_flush(task.get());
    TRY(session.run(task.get()));
    dm_info info{};
    if (!dm_task_get_info(task.get(), &info) || !info.exists) return fail(ENXIO, name, ": gone");
    return task;
}

/// A device's uuid, empty if it is gone.
std::string uuid_of(DmSession& session, const std::string& name) {
    auto task = ask(session, DM_DEVICE_INFO, name);
    const char* uuid = task ? dm_task_get_uuid(task->get()) : nullptr;
    return uuid ? uuid : "";
}

/// The names of our devices as the kernel stores them, mangled.
Result<std::vector<std::string>> list_ours(DmSession& session) {
    constexpr unsigned first_with_flags = 38;
    DmTask task = TRY(session.task(DM_DEVICE_LIST, ""));
    TRY(session.check(dm_task_set_newuuid(task.get(), " ")));  // asks for uuids, which spares a call per device
    // The library would unmangle names where they stand, which moves what is behind them, and fail for one odd name.
    dm_set_name_mangling_mode(DM_STRING_MANGLING_NONE);
    auto done = session.run(task.get());
    dm_set_name_mangling_mode(DM_STRING_MANGLING_AUTO);
    TRY(std::move(done), "device-mapper: list");
    std::vector<std::string> found;
    const dm_names* at = dm_task_get_names(task.get());
    if (at->dev == 0) return found;
    for (;;) {
        const auto* uuid = session.protocol_minor() < first_with_flags ? nullptr : listed_uuid(at->name);
        if (uuid ? is_our_uuid(uuid) : is_our_uuid(uuid_of(session, at->name))) found.emplace_back(at->name);
        if (at->next == 0) return found;
        at = reinterpret_cast<const dm_names*>(reinterpret_cast<const char*>(at) + at->next);
    }
}

/// `name` as listed; the library takes a mangled one as it is, and gives back an unmangled one.
std::optional<DmMap> read_map(DmSession& session, const std::string& name) {
    auto table = ask(session, DM_DEVICE_TABLE, name);
    if (!table) return std::nullopt;
    const char* uuid = dm_task_get_uuid(table->get());
    if (!uuid || !is_our_uuid(uuid)) return std::nullopt;
    dm_info info{};
    dm_task_get_info(table->get(), &info);
    DmMap map;
    map.name = dm_task_get_name(table->get());
    map.uuid = uuid;
    map.dev = {.major = info.major, .minor = info.minor};
    map.open_count = info.open_count;
    map.suspended = info.suspended != 0;
    map.read_only = info.read_only != 0;
    map.table = targets(table->get());
    if (map.table.empty() || map.table.front().type != "multipath") return map;
    auto status = ask(session, DM_DEVICE_STATUS, name);
    if (!status) return std::nullopt;
    auto lines = targets(status->get());
    if (!lines.empty()) map.status = lines.front().params;
    return map;
}

/// Whether the driver is there, without loading it as opening its control device would.
bool driver_present(const Sysfs& sysfs) { return sysfs.read("class/misc/device-mapper/dev").has_value(); }

}  // namespace

bool is_our_uuid(std::string_view uuid) {
    constexpr std::string_view part = "part";
    if (uuid.starts_with(part)) {
        const auto rest = uuid.find_first_not_of("0123456789", part.size());
        if (rest == part.size() || rest == std::string_view::npos || uuid[rest] != '-') return false;
        uuid.remove_prefix(rest + 1);
    }
    return uuid.starts_with("mpath-");
}

Result<std::vector<DmMap>> RealDm::maps() {
    std::vector<DmMap> found;
    if (!driver_present(sysfs_)) return found;
    auto session = TRY(DmSession::open());
    // Other tables are not looked at: they may be long, or hold a key.
    const auto names = TRY(list_ours(*session));
    for (const auto& name : names)
        if (auto map = read_map(*session, name)) found.push_back(std::move(*map));
    sort_by(found, {}, &DmMap::name);
    return found;
}

}  // namespace rdm
