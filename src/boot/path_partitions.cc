// SPDX-License-Identifier: GPL-2.0-or-later
#include "boot/path_partitions.h"

#include <algorithm>

#include "map/group.h"
#include "map/partition_table.h"

namespace rdm {

namespace {
constexpr Milliseconds deadline{8000};
}

void PathPartitions::look(const Map& map, const PartitionTable& table) {
    for (const Path& path : map.paths) {
        if (!is_usable(path) || !known_.insert(path.name).second) continue;
        const auto kernels = kernel_partitions(doors_.sysfs, path.name);
        if (!kernels) continue;
        for (const Partition& one : kernels->partitions)
            if (std::ranges::find(table.partitions, one.start, &Partition::start) != table.partitions.end())
                found_.emplace_back(path.dev, one.number);
    }
}

void PathPartitions::start() {
    if (worker_ || found_.empty()) return;
    going_ = std::exchange(found_, {});
    auto work = [this] {
        std::string complaints;
        for (const Found& one : going_)
            if (auto gone = doors_.blocks.forget_partition(one.disk, one.number); !gone)
                complaints += cat(gone.error().what(), "; ");
        return complaints;
    };
    if (auto worker = doors_.workers.start(work, deadline)) worker_ = *worker;
}

bool PathPartitions::absorb(const WorkDone& done) {
    if (worker_ != done.id) return false;
    worker_.reset();
    const auto complaints = done.output.value_or("");
    if (!complaints.empty()) doors_.log.debug("partitions that stay: ", complaints);
    start();
    return true;
}

void PathPartitions::found_on(std::string_view disk) {
    if (auto known = known_.find(disk); known != known_.end()) known_.erase(known);
}

}  // namespace rdm
