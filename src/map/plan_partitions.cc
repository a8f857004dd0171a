// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>
#include <map>
#include <set>

#include "map/coalesce.h"
#include "map/name.h"
#include "map/plan.h"

namespace rdm {

namespace {

class PartitionPlanner {
public:
    PartitionPlanner(const DmMap& parent, const PresentMaps& present, std::string_view delimiter)
        : parent_(parent), all_(present.all), delimiter_(delimiter), sectors_(sectors_of(parent)) {
        auto [at, end] = present.partitions.equal_range(parent.uuid);
        for (; at != end; ++at) mine_.emplace(partition_of(at->second->uuid)->number, at->second);
    }

    Plan run(const PartitionTable& table) {
        std::set<unsigned> numbers;
        for (const Partition& partition : table.partitions) {
            auto name = partition_name(parent_.name, delimiter_, partition.number);
            if (!numbers.insert(partition.number).second)
                plan_.refuse(name, "its number is there twice");
            else
                one(partition, name);
        }
        // As kpartx: without partitions there was nothing to compare with.
        bool sound = table.format == "gpt" || table.format == "dos";
        if (sound && !numbers.empty()) remove_others(numbers);
        return std::move(plan_);
    }

private:
    void one(const Partition& partition, const std::string& name) {
        if (auto fits = check(partition, name); !fits) return plan_.refuse(name, std::string(fits.error().what()));
        DmTarget line{0, partition.sectors, "linear", cat(text(parent_.dev), ' ', partition.start)};
        if (auto present = mine_.find(partition.number); present != mine_.end())
            return adjust(*present->second, std::move(line));
        if (auto other = std::ranges::lower_bound(all_, name, {}, &DmMap::name);
            other != all_.end() && other->name == name) {
            auto uuid = other->uuid.empty() ? "none" : escape(other->uuid);
            return plan_.refuse(name, cat("the name is taken by a device with uuid ", uuid));
        }
        load(DmAction::Kind::create, name, std::move(line)).uuid = partition_uuid(parent_.uuid, partition.number);
        plan_.say(name, "created");
    }

    DmAction& load(DmAction::Kind kind, const std::string& name, DmTarget&& line) {
        DmAction& action = plan_.act(kind, name);
        action.table.push_back(std::move(line));
        action.read_only = parent_.read_only;
        return action;
    }

    void adjust(const DmMap& present, DmTarget&& line) {
        if (present.table.size() == 1 && present.table[0] == line)
            return plan_.say(present.name, "partition unchanged");
        if (present.suspended && !present.table.empty())
            return plan_.say(present.name, "suspended by someone else, left alone until it is resumed");
        load(DmAction::Kind::reload, present.name, std::move(line));
        plan_.say(present.name, "moved or resized");
    }

    [[nodiscard]] Result<void> check(const Partition& partition, const std::string& name) const {
        if (partition.number == 0) return fail(EINVAL, "number 0");
        if (partition.sectors == 0) return fail(EINVAL, "no length");
        if (partition.start >= sectors_)
            return fail(EINVAL, "starts at ", partition.start, ", past the end of the map at ", sectors_);
        if (partition.sectors > sectors_ - partition.start)
            return fail(EINVAL, partition.sectors, " sectors from ", partition.start,
                        " reach past the end of the map at ", sectors_);
        return check_names(name, partition_uuid(parent_.uuid, partition.number));
    }

    void remove_others(const std::set<unsigned>& numbers) {
        for (const auto& [number, map] : mine_) {
            if (numbers.contains(number)) continue;
            if (map->open_count > 0) {
                plan_.say(map->name, "no longer in the partition table, but in use");
                continue;
            }
            plan_.act(DmAction::Kind::remove, map->name);
            plan_.say(map->name, "no longer in the partition table, removed");
        }
    }

    const DmMap& parent_;
    std::span<const DmMap> all_;
    std::string_view delimiter_;
    std::uint64_t sectors_;
    std::map<unsigned, const DmMap*> mine_;
    Plan plan_;
};

}  // namespace

PresentMaps::PresentMaps(std::span<const DmMap> present) : all(present) {
    for (const DmMap& map : present)
        if (auto part = partition_of(map.uuid)) partitions.emplace(part->parent, &map);
}

Plan plan_partitions(const DmMap& parent, const PartitionTable& table, const PresentMaps& present,
                     std::string_view delimiter) {
    if (!parent.suspended) return PartitionPlanner(parent, present, delimiter).run(table);
    // Whoever looks at a new partition of it would hang.
    Plan none;
    none.say(parent.name, "suspended, its partitions are left alone until it is resumed");
    return none;
}

}  // namespace rdm
