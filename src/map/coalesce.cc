// SPDX-License-Identifier: GPL-2.0-or-later
#include "map/coalesce.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <tuple>

#include "base/sort.h"
#include "map/accept.h"
#include "map/alias.h"
#include "map/group.h"
#include "map/held.h"
#include "map/name.h"
#include "map/values.h"

namespace rdm {

namespace {

/// A path and the WWID that it counts for.
struct Candidate {
    using __trivially_relocatable = Candidate;
    std::string_view wwid;
    const Path* path;
    bool foreign;   ///< a map of this WWID holds the path, which has another
    bool excluded;  ///< a blacklist strikes it, and it is here only because its WWID was named or a map holds it
};

class Coalescer {
public:
    Coalescer(const Rules& rules, std::span<const DmMap> present) : rules_(rules), held_(held_maps(present)) {
        for (const auto& [wwid, held] : held_)
            for (const auto& [dev, _] : held.devices) holder_.emplace(dev, wwid);
    }

    Coalesced run(std::span<const Path> paths) {
        auto candidates = sorted(paths);
        for (std::size_t at = 0; at < candidates.size();) {
            auto end = at + 1;
            while (end < candidates.size() && candidates[end].wwid == candidates[at].wwid) ++end;
            one_wwid(std::span(candidates).subspan(at, end - at));
            at = end;
        }
        name_maps(done_.maps, rules_, held_);
        sort_by(done_.refused, {}, [](const Refused& one) { return std::tie(one.subject, one.reason); });
        return std::move(done_);
    }

private:
    void refuse(std::string_view subject, std::string&& reason, bool usual = false) {
        done_.refused.push_back({std::string(subject), std::move(reason), usual});
    }

    std::vector<Candidate> sorted(std::span<const Path> paths) {
        std::vector<Candidate> candidates;
        for (const Path& path : paths) {
            if (auto wwid = belongs_to(path)) {
                const bool foreign = !path.wwid.empty() && path.wwid != *wwid;
                candidates.push_back({*wwid, &path, foreign, !path.excluded.empty()});
            }
        }
        sort_by(candidates, {},
                [](const Candidate& one) { return std::tie(one.wwid, one.path->sys_path, one.path->dev); });
        return candidates;
    }

    std::optional<std::string_view> belongs_to(const Path& path) {
        if (path.kernel_state == "removed") {
            refuse(path.name, "removed", true);
            return std::nullopt;
        }
        auto holder = holder_.find(path.dev);
        if (holder == holder_.end() && !path.excluded.empty() && !is_named(rules_, path.wwid)) {
            refuse(path.name, escape(path.excluded), true);
            return std::nullopt;
        }
        if (path.wwid.empty()) {
            if (holder != holder_.end()) return holder->second;
            refuse(path.name, cat("no WWID: ", safe(path.wwid_from)), true);
            return std::nullopt;
        }
        if (holder != holder_.end() && holder->second != path.wwid) {
            refuse(path.name, cat("already in map ", safe(held_.find(holder->second)->second.map->name)));
            return holder->second;
        }
        return path.wwid;
    }

    /// Without those that a blacklist strikes, unless these are all that a named WWID or a present map has.
    std::vector<Candidate> eligible(std::span<const Candidate> all) {
        std::vector<Candidate> kept(all.begin(), all.end());
        if (std::ranges::all_of(all, &Candidate::excluded)) return kept;
        for (const Candidate& one : all)
            if (one.excluded) refuse(one.path->name, escape(one.path->excluded), true);
        std::erase_if(kept, [](const Candidate& one) { return one.excluded; });
        return kept;
    }

    void one_wwid(std::span<const Candidate> all) {
        auto candidates = eligible(all);
        auto wwid = candidates.front().wwid;
        auto held = held_.find(wwid);
        const Held* present = held == held_.end() ? nullptr : &held->second;
        auto verdict = accept(rules_, {.wwid = wwid,
                                       .device = candidates.front().path->name,
                                       .paths = candidates.size(),
                                       .present = present != nullptr});
        if (!verdict.yes) return refuse(wwid, std::move(verdict.why), true);
        if (auto names = check_map_names(wwid); !present && !names)
            return refuse(wwid, std::string(names.error().what()));
        Map map;
        map.wwid = wwid;
        if (!choose_paths(map, candidates, present)) return;
        if (const Candidate& first = candidates.front(); first.excluded) {
            verdict.unwanted = escape(first.path->excluded);
            verdict.why = cat(is_named(rules_, wwid) ? "named" : "the map is there", but_unwanted, verdict.unwanted);
        }
        map.unwanted = std::move(verdict.unwanted);
        map.reasons.push_back({"decision", "yes", std::move(verdict.why)});
        decide_values(map, rules_, present);
        group(map);
        done_.maps.push_back(std::move(map));
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
            auto reason = one.foreign ? std::string() : objection(*one.path, map.sectors, reference, present);
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

    static std::string objection(const Path& path, std::uint64_t sectors, const Path* reference, const Held* present) {
        const bool held = present && present->devices.contains(path.dev);
        if (path.transport == Transport::nvme_tcp && present && !held && !present->devices.empty() &&
            !present->works_by_bio())
            return "NVMe over TCP cannot join a map that works by request";
        if (path.sectors == 0) return {};
        // A disk that grew below its map goes on serving it. The kernel takes a path too long, but none too short.
        const bool grown = path.sectors > sectors && held;
        if (path.sectors != sectors && !grown) {
            auto whose = present ? cat("map ", safe(present->map->name)) : escape(reference->name);
            return cat("size ", path.sectors, " differs from ", sectors, " of ", whose, " (sectors of 512 bytes)");
        }
        if (path.block_size != reference->block_size)
            return cat("block size ", path.block_size, " differs from ", reference->block_size, " of ",
                       safe(reference->name));
        return {};
    }

    const Rules& rules_;
    HeldMaps held_;
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
