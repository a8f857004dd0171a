// SPDX-License-Identifier: GPL-2.0-or-later
#include "map/coalesce.h"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>
#include <tuple>

#include "base/sort.h"
#include "map/group.h"
#include "map/name.h"
#include "map/table.h"

namespace rdm {

namespace {

/// A multipath map that device-mapper has, and what its table holds.
struct Held {
    const DmMap* map = nullptr;
    std::set<DevNo> devices;
    std::vector<std::string> features;
    bool without_handler = false;  ///< its table names none
};
using HeldMaps = std::map<std::string_view, Held>;  // by WWID

HeldMaps held_maps(std::span<const DmMap> present) {
    HeldMaps held;
    for (const DmMap& map : present) {
        auto wwid = wwid_of_map(map.uuid);
        if (!wwid) continue;
        Held one{&map, {}, {}, false};
        // A table that is no multipath target, or odd, holds nothing that we know of; plan() says so.
        if (map.table.size() == 1 && map.table[0].type == "multipath") {
            if (auto table = parse_multipath(map.table[0].params)) {
                one.features = table->features;
                one.without_handler = table->handler.empty();
                for (const auto& group : table->groups)
                    for (const auto& path : group.paths) one.devices.insert(path.dev);
            }
        }
        held.emplace(*wwid, std::move(one));
    }
    return held;
}

/// A path and the WWID that it counts for.
struct Candidate {
    std::string_view wwid;
    const Path* path;
    bool foreign;  ///< a map of this WWID holds the path, which has another
};

class Coalescer {
public:
    Coalescer(const Rules& rules, std::span<const DmMap> present)
        : held_(held_maps(present)), named_(rules.named.begin(), rules.named.end()) {
        for (const auto& [wwid, held] : held_)
            for (const DevNo& dev : held.devices) holder_.emplace(dev, wwid);
    }

    Coalesced run(std::span<const Path> paths) {
        auto candidates = sorted(paths);
        for (std::size_t at = 0; at < candidates.size();) {
            auto end = at + 1;
            while (end < candidates.size() && candidates[end].wwid == candidates[at].wwid) ++end;
            one_wwid(std::span(candidates).subspan(at, end - at));
            at = end;
        }
        sort_by(done_.refused, {}, [](const Refused& one) { return std::tie(one.subject, one.reason); });
        return std::move(done_);
    }

private:
    void refuse(std::string_view subject, std::string reason) {
        done_.refused.push_back({std::string(subject), std::move(reason)});
    }

    std::vector<Candidate> sorted(std::span<const Path> paths) {
        std::vector<Candidate> candidates;
        for (const Path& path : paths) {
            if (auto wwid = belongs_to(path))
                candidates.push_back({*wwid, &path, !path.wwid.empty() && path.wwid != *wwid});
        }
        sort_by(candidates, {},
                [](const Candidate& one) { return std::tie(one.wwid, one.path->sys_path, one.path->dev); });
        return candidates;
    }

    std::optional<std::string_view> belongs_to(const Path& path) {
        if (path.kernel_state == "removed") {
            refuse(path.name, "removed");
            return std::nullopt;
        }
        auto holder = holder_.find(path.dev);
        if (path.wwid.empty()) {
            if (holder != holder_.end()) return holder->second;
            refuse(path.name, cat("no WWID: ", safe(path.wwid_from)));
            return std::nullopt;
        }
        if (holder != holder_.end() && holder->second != path.wwid) {
            refuse(path.name, cat("already in map ", safe(held_.find(holder->second)->second.map->name)));
            return holder->second;
        }
        return path.wwid;
    }

    void one_wwid(std::span<const Candidate> candidates) {
        auto wwid = candidates.front().wwid;
        auto held = held_.find(wwid);
        const Held* present = held == held_.end() ? nullptr : &held->second;
        if (!is_wanted(wwid, candidates.size(), present)) return;
        if (auto names = check_map_names(wwid); !present && !names) return refuse(wwid, names.error().what);
        Map map;
        map.wwid = wwid;
        if (!choose_paths(map, candidates, present)) return;
        map.name = present ? present->map->name : map_name(wwid);
        map.read_only = std::ranges::any_of(map.paths, &Path::read_only);
        keep_features(map, present);
        map.handler = handler(map, present);
        group(map);
        done_.maps.push_back(std::move(map));
    }

    bool is_wanted(std::string_view wwid, std::size_t paths, const Held* present) {
        if (present || named_.contains(wwid)) return true;
        if (!named_.empty()) {
            refuse(wwid, "not named");
            return false;
        }
        if (paths >= 2) return true;
        refuse(wwid, cat("one path only; name it with rd.mpath.wwid=", safe(wwid)));
        return false;
    }

    /// Fills in paths and size; false if nothing is left.
    bool choose_paths(Map& map, std::span<const Candidate> candidates, const Held* present) {
        const Path* reference = reference_path(candidates, present);
        map.sectors = present && !present->map->table.empty() ? sectors_of(*present->map)
                      : reference                             ? reference->sectors
                                                              : 0;
        const bool known = std::ranges::any_of(candidates, [](auto& one) { return one.path->wwid == one.wwid; });
        bool odd = false;
        for (const Candidate& one : candidates) {
            // Without a path that bears the map's WWID, whoever made the map may only spell WWIDs differently.
            if (one.foreign && !known) continue;
            auto reason = one.foreign ? std::string() : difference(*one.path, map.sectors, reference, present);
            if (reason.empty()) {
                map.paths.push_back(*one.path);
                Path& path = map.paths.back();
                if (one.foreign) {  // decisions.md 11.3: "WWID mismatch: fail_path and removal"
                    path.state = PathState::down;
                    path.priority = -1;
                    path.prioritizer = Prioritizer::none;
                } else {
                    path.wwid = map.wwid;
                }
                continue;
            }
            odd = true;
            refuse(one.path->name, std::move(reason));
        }
        if (odd && !present) {
            refuse(map.wwid, "its paths differ in size or block size");
            return false;
        }
        if (!map.paths.empty() && map.sectors == 0) refuse(map.wwid, "no path tells its size");
        return !map.paths.empty() && map.sectors != 0;
    }

    /// The path that others are compared with: one that the present map holds, else the first that tells its size.
    static const Path* reference_path(std::span<const Candidate> candidates, const Held* present) {
        const Path* first = nullptr;
        for (const Candidate& one : candidates) {
            if (one.path->sectors == 0 || one.foreign) continue;
            if (present && present->devices.contains(one.path->dev)) return one.path;
            if (!first) first = one.path;
        }
        return first;
    }

    static std::string difference(const Path& path, std::uint64_t sectors, const Path* reference, const Held* present) {
        if (path.sectors == 0) return {};
        // A disk that grew below its map goes on serving it. The kernel takes a path too long, but none too short.
        const bool grown = path.sectors > sectors && present && present->devices.contains(path.dev);
        if (path.sectors != sectors && !grown) {
            auto whose = present ? cat("map ", safe(present->map->name)) : escape(reference->name);
            return cat("size ", path.sectors, " differs from ", sectors, " of ", whose, " (sectors of 512 bytes)");
        }
        if (path.block_size != reference->block_size)
            return cat("block size ", path.block_size, " differs from ", reference->block_size, " of ",
                       safe(reference->name));
        return {};
    }

    /// Someone decided to queue, or to work bio by bio: both stay. Source: decisions.md 9.
    static void keep_features(Map& map, const Held* present) {
        if (!present) return;
        const auto& now = present->features;
        std::string kept;
        std::size_t count = 0;
        if (auto mode = std::ranges::find(now, "queue_mode");
            mode != now.end() && mode + 1 != now.end() && mode[1] == "bio") {
            kept = " queue_mode bio";
            count = 2;
        }
        // As multipath-tools writes it: at the end.
        if (std::ranges::find(now, "queue_if_no_path") != now.end()) {
            kept += " queue_if_no_path";
            ++count;
        }
        map.features = cat(count, kept);
    }

    /// Source: decisions.md 9, select_hwhandler() with retain_attached_hw_handler; a map in bio mode has none, and
    /// a present one without is given only what is attached.
    static std::string handler(const Map& map, const Held* present) {
        if (map.features.contains("queue_mode bio")) return "0";
        for (const Path& path : map.paths)
            if (!path.handler.empty()) return cat("1 ", path.handler);
        // Asked for, it may not be there, and then the kernel refuses the table or apply() did without.
        if (present && present->without_handler) return "0";
        // A path that has not answered yet has no say.
        auto without = [](const Path& path) { return path.tpgs == Tpgs::none && path.state != PathState::pending; };
        bool some = std::ranges::any_of(map.paths, [](const Path& path) { return path.tpgs != Tpgs::none; });
        return some && std::ranges::none_of(map.paths, without) ? "1 alua" : "0";
    }

    HeldMaps held_;
    std::set<std::string, std::less<>> named_;
    std::map<DevNo, std::string_view> holder_;
    Coalesced done_;
};

}  // namespace

std::uint64_t sectors_of(const DmMap& map) {
    std::uint64_t end = 0;
    for (const DmTarget& target : map.table) end = std::max(end, target.start + target.sectors);
    return end;
}

Coalesced coalesce(std::span<const Path> paths, const Rules& rules, std::span<const DmMap> present) {
    return Coalescer(rules, present).run(paths);
}

}  // namespace rdm
