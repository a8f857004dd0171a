// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "kernel/dm.h"
#include "kernel/fake_multipath.h"
#include "kernel/fake_sysfs.h"
#include "kernel/machine_value.h"

namespace rdm {

/// Device-mapper in memory, with the kernel's rules: a name or uuid exists once (EBUSY), a new table opens its devices
/// (ENXIO for one that sysfs does not show or shows as offline; those the map holds already are not asked again),
/// checks their size and block size (EINVAL), a reload resets which paths failed, an open map stays (EBUSY), what is
/// not there is ENXIO. Escapes in names and uuids are its own, as libdevmapper has it. Maps show up in sysfs. Source:
/// drivers/md/dm-ioctl.c, dm-table.c, dm-mpath.c.
class FakeDm : public DeviceMapper {
public:
    enum class Change { added, changed, removed, path_failed, path_reinstated };
    /// Told of every change of a device, after it. `path` for the last two.
    using Watcher = std::function<void(Change change, const DmMap& map, DevNo path)>;

    explicit FakeDm(FakeSysfs& sysfs, Watcher watcher = nullptr) : sysfs_(sysfs), watcher_(std::move(watcher)) {}

    /// A map that is there from the start, status and all. Those below it come first.
    Result<void> present(const DmMap& map) {
        TRY(insert(map));
        auto& targets = maps_.find(map.name)->second.targets;
        for (auto& target : targets) {
            if (target.multipath) target.multipath->take_status(map.status);
        }
        for (auto& [name, below] : maps_) {  // its open count knew of this one
            if (std::ranges::count(devices(targets), below.dev) > 0 && below.users > 0) --below.users;
        }
        return {};
    }

    Result<std::vector<DmMap>> maps() override {
        std::vector<DmMap> found;
        for (const auto& [name, map] : maps_) {
            if (map.uuid.starts_with("mpath-") || (map.uuid.starts_with("part") && map.uuid.contains("-mpath-")))
                found.push_back(value(name, map));
        }
        return found;
    }
    /// Any map, a foreign one too.
    [[nodiscard]] std::optional<DmMap> map(std::string_view name) const {
        auto found = maps_.find(name);
        if (found == maps_.end()) return std::nullopt;
        return value(found->first, found->second);
    }
    [[nodiscard]] std::optional<DmMap> map(DevNo dev) const {
        for (const auto& [name, map] : maps_) {
            if (map.dev == dev) return value(name, map);
        }
        return std::nullopt;
    }

    Outcome apply(std::span<const DmAction> actions, Milliseconds) override {
        Outcome outcome;
        std::map<std::string, Error> broken;
        for (const auto& action : actions) {
            auto before = broken.find(action.name);
            bool follows = action.kind == DmAction::Kind::reload || action.kind == DmAction::Kind::message;
            auto result =
                before != broken.end() && follows ? Result<void>(std::unexpected(before->second)) : one(action);
            if (!result && (action.kind == DmAction::Kind::create || action.kind == DmAction::Kind::reload))
                broken.insert_or_assign(action.name, result.error());
            outcome.results.push_back(std::move(result));
        }
        outcome.udev_late = udev_late && !actions.empty();
        return outcome;
    }

    /// What the kernel itself does to a path: as the message of that name, but asked by nobody.
    Result<void> message(std::string_view name, std::string_view text) { return send(name, text); }
    /// Somebody opens or closes the map: a mount, a reader.
    void open(std::string_view name, int by = 1) { maps_.find(name)->second.users += by; }
    /// I/O goes through the first group with a usable path from now on.
    std::optional<DevNo> choose_path(std::string_view name);

    [[nodiscard]] std::size_t usable_paths(std::string_view name) const {
        auto found = maps_.find(name);
        if (found == maps_.end() || found->second.targets.empty()) return 0;
        const auto& target = found->second.targets.front().multipath;
        return target ? target->usable() : 0;
    }

    /// Every action, in order: "create mpatha; message mpatha fail_path 8:16".
    [[nodiscard]] const std::string& asked() const { return asked_; }
    void forget_asked() { asked_.clear(); }

    bool udev_late = false;   ///< nobody completes cookies
    std::vector<DevNo> busy;  ///< somebody else has them: EBUSY for a table that they would join

private:
    struct Target {
        DmTarget line;
        std::optional<FakeMultipath> multipath;
        std::vector<DevNo> devices;
    };
    struct Device {
        std::string uuid;
        DevNo dev;
        int users = 0;
        bool suspended = false;
        bool read_only = false;
        std::vector<Target> targets;
    };

    [[nodiscard]] int holders(DevNo dev) const {
        int count = 0;
        for (const auto& [name, map] : maps_) {
            for (const auto& target : map.targets) count += std::ranges::count(target.devices, dev) > 0 ? 1 : 0;
        }
        return count;
    }

    [[nodiscard]] DmMap value(const std::string& name, const Device& map) const {
        DmMap out{name, map.uuid, map.dev, map.users + holders(map.dev), map.suspended, map.read_only, {}, ""};
        for (const auto& target : map.targets) {
            out.table.push_back(target.line);
            if (target.multipath) out.table.back().params = target.multipath->table();
        }
        if (!map.targets.empty() && map.targets.front().multipath) out.status = map.targets.front().multipath->status();
        return out;
    }

    Result<void> one(DmAction action) {
        action.name = unescape(action.name);
        action.uuid = unescape(action.uuid);
        using Kind = DmAction::Kind;
        constexpr std::string_view verbs[] = {"create ", "reload ", "message ", "remove "};
        asked_ += cat(asked_.empty() ? "" : "; ", verbs[static_cast<int>(action.kind)], action.name);
        if (action.kind == Kind::message) asked_ += cat(' ', action.message);
        switch (action.kind) {
            case Kind::create:
                return create(action);
            case Kind::reload:
                return reload(action);
            case Kind::message:
                return send(action.name, action.message);
            case Kind::remove:
                break;
        }
        return remove(action.name);
    }

    Result<void> create(const DmAction& action) {
        DmMap map;
        map.name = action.name;
        map.uuid = action.uuid;
        map.dev = {254, 0};
        while (this->map(map.dev)) ++map.dev.minor;
        map.read_only = action.read_only;
        map.table = action.table;
        return insert(map);
    }

    Result<void> insert(const DmMap& map) {
        for (const auto& [name, other] : maps_) {
            if (name == map.name) return fail(EBUSY, map.name, ": a map of this name exists");
            if (!map.uuid.empty() && other.uuid == map.uuid)
                return fail(EBUSY, map.name, ": a map of this uuid exists");
        }
        auto targets = TRY(open_table(map.table, {}), map.name);
        Device device{map.uuid, map.dev, map.open_count, map.suspended, map.read_only, std::move(targets)};
        auto& kept = maps_.insert_or_assign(map.name, std::move(device)).first->second;
        show(map.name, kept);
        tell(Change::added, map.name);
        return {};
    }

    Result<void> reload(const DmAction& action) {
        auto found = maps_.find(action.name);
        if (found == maps_.end()) return fail(ENXIO, action.name, ": no such map");
        auto targets = TRY(open_table(action.table, devices(found->second.targets)), action.name);
        hide(found->second);
        found->second.targets = std::move(targets);
        found->second.read_only = action.read_only;
        found->second.suspended = false;
        show(action.name, found->second);
        tell(Change::changed, action.name);
        return {};
    }

    Result<void> remove(const std::string& name) {
        auto found = maps_.find(name);
        if (found == maps_.end()) return fail(ENXIO, name, ": no such map");
        auto last = value(name, found->second);
        if (last.open_count > 0) return fail(EBUSY, name, ": in use");
        hide(found->second);
        sysfs_.remove(place(last.dev));
        maps_.erase(found);
        if (watcher_) watcher_(Change::removed, last, {});
        return {};
    }

    Result<void> send(std::string_view name, std::string_view message);

    static std::vector<DevNo> devices(const std::vector<Target>& targets) {
        std::vector<DevNo> all;
        for (const auto& target : targets) all.insert(all.end(), target.devices.begin(), target.devices.end());
        return all;
    }
    Result<std::vector<Target>> open_table(const std::vector<DmTarget>& table, const std::vector<DevNo>& held) const;
    Result<void> open_device(DevNo dev, const DmTarget& line, std::uint64_t start,
                             const std::vector<DevNo>& held) const;

    static std::string place(DevNo dev) { return cat("devices/virtual/block/dm-", dev.minor); }
    void show(const std::string& name, const Device& map);
    void hide(const Device& map);
    void tell(Change change, std::string_view name, DevNo path = {}) const {
        if (watcher_) watcher_(change, *map(name), path);
    }

    FakeSysfs& sysfs_;
    Watcher watcher_;
    std::map<std::string, Device, std::less<>> maps_;
    std::string asked_;
};

inline Result<std::vector<FakeDm::Target>> FakeDm::open_table(const std::vector<DmTarget>& table,
                                                              const std::vector<DevNo>& held) const {
    std::vector<Target> targets;
    std::uint64_t end = 0;
    for (const auto& line : table) {
        if (line.start != end || line.sectors == 0) return fail(EINVAL, "table: gap or overlap at ", line.start);
        end += line.sectors;
        Target target{line, std::nullopt, {}};
        std::uint64_t start = 0;
        if (line.type == "multipath") {
            target.multipath = TRY(FakeMultipath::parse(line.params));
            for (const auto& group : target.multipath->groups) {
                for (const auto& path : group.paths) target.devices.push_back(path.dev);
            }
        } else {
            auto parts = words(line.params);
            auto dev = parts.size() == 2 ? devno(parts[0]) : std::nullopt;
            if (line.type != "linear" || !dev) return fail(EINVAL, line.type, ": not understood: ", line.params);
            start = number<std::uint64_t>(parts[1]).value_or(0);
            target.devices.push_back(*dev);
        }
        for (auto dev : target.devices) {
            TRY(open_device(dev, line, start, held), line.type);
            auto attached = sysfs_.word(cat("dev/block/", text(dev), "/device/dh_state")).value_or("detached");
            if (target.multipath && target.multipath->retain_handler && attached != "detached" && !attached.empty())
                target.multipath->handler = attached;
        }
        targets.push_back(std::move(target));
    }
    return targets;
}

inline Result<void> FakeDm::open_device(DevNo dev, const DmTarget& line, std::uint64_t start,
                                        const std::vector<DevNo>& held) const {
    if (std::ranges::count(held, dev) > 0) return {};
    if (std::ranges::count(busy, dev) > 0) return fail(EBUSY, text(dev), ": error getting device");
    auto at = cat("dev/block/", text(dev));
    auto state = sysfs_.word(cat(at, "/device/state")).value_or("running");
    if (!sysfs_.exists(at) || state == "offline" || state == "transport-offline")
        return fail(ENXIO, text(dev), ": error getting device");
    auto size = number<std::uint64_t>(sysfs_.word(cat(at, "/size")).value_or("")).value_or(0);
    auto block =
        number<std::uint64_t>(sysfs_.word(cat(at, "/queue/logical_block_size")).value_or("")).value_or(512) / 512;
    if (start + line.sectors > size) return fail(EINVAL, text(dev), ": device too small for target");
    if (line.start % block != 0 || line.sectors % block != 0 || start % block != 0)
        return fail(EINVAL, text(dev), ": not aligned to its logical block size");
    return {};
}

inline Result<void> FakeDm::send(std::string_view name, std::string_view message) {
    auto found = maps_.find(name);
    if (found == maps_.end()) return fail(ENXIO, name, ": no such map");
    auto& targets = found->second.targets;
    if (targets.empty() || !targets.front().multipath) return fail(EINVAL, name, ": takes no messages");
    if (found->second.suspended) return fail(EBUSY, name, ": suspended");
    auto& target = *targets.front().multipath;
    auto parts = words(message);
    if (message == "queue_if_no_path" || message == "fail_if_no_path") {
        target.queue = message == "queue_if_no_path";
        return {};
    }
    auto bad = [&]() -> Result<void> { return fail(EINVAL, name, ": message ", escape(message)); };
    if (parts.size() != 2) return bad();
    if (parts[0] == "fail_path" || parts[0] == "reinstate_path") {
        auto dev = devno(parts[1]);
        auto* path = dev ? target.path(*dev) : nullptr;
        if (!path) return bad();
        bool failing = parts[0] == "fail_path";
        if (path->failed == failing) return {};
        path->failed = failing;
        if (failing) ++path->failures;
        tell(failing ? Change::path_failed : Change::path_reinstated, name, *dev);
        return {};
    }
    auto group = number<std::size_t>(parts[1]).value_or(0);
    if (group == 0 || group > target.groups.size()) return bad();
    if (parts[0] == "switch_group") {
        target.next = group;
    } else if (parts[0] == "disable_group" || parts[0] == "enable_group") {
        target.groups[group - 1].disabled = parts[0] == "disable_group";
    } else {
        return bad();
    }
    return {};
}

inline std::optional<DevNo> FakeDm::choose_path(std::string_view name) {
    auto found = maps_.find(name);
    if (found == maps_.end() || found->second.targets.empty() || !found->second.targets.front().multipath)
        return std::nullopt;
    auto& target = *found->second.targets.front().multipath;
    auto usable_path = [&](std::size_t group) -> std::optional<DevNo> {
        if (group == 0) return std::nullopt;
        const auto& paths = target.groups[group - 1].paths;
        auto path = std::ranges::find(paths, false, &FakeMultipath::Path::failed);
        return path == paths.end() ? std::nullopt : std::optional(path->dev);
    };
    std::vector<std::size_t> order{target.current, target.next};
    for (bool disabled : {false, true}) {
        for (std::size_t n = 1; n <= target.groups.size(); ++n) {
            if (target.groups[n - 1].disabled == disabled) order.push_back(n);
        }
    }
    for (auto group : order) {
        auto dev = usable_path(group);
        if (!dev) continue;
        target.current = group;
        return dev;
    }
    return std::nullopt;
}

inline void FakeDm::show(const std::string& name, const Device& map) {
    auto at = place(map.dev);
    auto kernel_name = cat("dm-", map.dev.minor);
    std::uint64_t sectors = 0;
    for (const auto& target : map.targets) sectors += target.line.sectors;
    sysfs_.file(cat(at, "/dev"), cat(text(map.dev), '\n'));
    sysfs_.file(cat(at, "/size"), cat(sectors, '\n'));
    sysfs_.file(cat(at, "/ro"), map.read_only ? "1\n" : "0\n");
    sysfs_.file(cat(at, "/dm/name"), cat(name, '\n'));
    sysfs_.file(cat(at, "/dm/uuid"), cat(map.uuid, '\n'));
    sysfs_.file(cat(at, "/dm/suspended"), map.suspended ? "1\n" : "0\n");
    std::string block = "512";
    for (auto dev : devices(map.targets)) {
        auto real = sysfs_.real_path(cat("dev/block/", text(dev)));
        if (!real) continue;
        block = sysfs_.word(cat(*real, "/queue/logical_block_size")).value_or(block);
        sysfs_.link(cat(at, "/slaves/", real->substr(real->rfind('/') + 1)), cat('/', *real));
        sysfs_.link(cat(*real, "/holders/", kernel_name), cat('/', at));
    }
    sysfs_.file(cat(at, "/queue/logical_block_size"), cat(block, '\n'));
    sysfs_.link(cat(at, "/subsystem"), "/class/block");
    for (const auto& from :
         {cat("block/", kernel_name), cat("class/block/", kernel_name), cat("dev/block/", text(map.dev))})
        sysfs_.link(from, cat('/', at));
}

inline void FakeDm::hide(const Device& map) {
    for (auto dev : devices(map.targets)) {
        auto real = sysfs_.real_path(cat("dev/block/", text(dev)));
        if (real) sysfs_.unlink(cat(*real, "/holders/dm-", map.dev.minor));
    }
    sysfs_.remove(cat(place(map.dev), "/slaves"));
}

}  // namespace rdm
