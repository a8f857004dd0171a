// SPDX-License-Identifier: GPL-2.0-or-later
#include "boot/table_readers.h"

#include <cerrno>

#include "map/partition_table.h"

namespace rdm {

namespace {

constexpr Milliseconds deadline{5000};
/// Fewer than the workers at once (RealWorkers), so that a batch never stands behind readers that hang.
constexpr std::size_t most_at_once = 6;

/// What a worker says of a disk: the table, or "!" and the error.
std::string read_for_loop(Blocks& blocks, DevNo dev) {
    auto reader = blocks.open(dev);
    auto table = reader ? read_partition_table(**reader) : std::unexpected(reader.error());
    return table ? encode(*table) : cat("!", table.error().what());
}

Result<PartitionTable> heard(const Result<std::string>& said) {
    if (!said) return std::unexpected(said.error());
    if (said->starts_with('!')) return fail(EIO, std::string_view(*said).substr(1));
    return decode(*said);
}

}  // namespace

void TableReaders::start_over() {
    next_.reset();
    unread_.clear();
}

TableReaders::Reading& TableReaders::of(const Map& map, DevNo dev) {
    if (auto old = readings_.find(map.wwid); old != readings_.end() && old->second.dev != dev) drop(map.wwid);
    Reading& reading = readings_[map.wwid];
    reading.name = map.name;
    reading.dev = dev;
    return reading;
}

void TableReaders::drop(std::string_view wwid) {
    auto reading = readings_.find(wwid);
    if (reading == readings_.end()) return;
    if (reading->second.worker) --reading_;
    readings_.erase(reading);
}

void TableReaders::start(Reading& reading) {
    if (reading.worker) return;
    if (reading_ == most_at_once) return unread_.push_back(&reading);
    if (const auto again = reading.backoff.again; again > doors_.events.now()) {
        next_ = std::min(next_.value_or(again), again);
        return;
    }
    auto& blocks = doors_.blocks;
    auto worker = doors_.workers.start([&blocks, dev = reading.dev] { return read_for_loop(blocks, dev); }, deadline);
    if (!worker) return read_later(reading, worker.error());
    reading.worker = *worker;
    ++reading_;
}

void TableReaders::read_later(Reading& reading, const Error& error) {
    auto& backoff = reading.backoff;
    backoff.grow(doors_.events.now());
    next_ = std::min(next_.value_or(backoff.again), backoff.again);
    if (!backoff.is_first()) return;  // said already
    std::string_view subject = error.what().starts_with("partition table") ? "" : "partition table: ";
    doors_.log.warn(safe(reading.name), ": ", subject, error.what(), ", trying again");
}

void TableReaders::finish(Reading& reading, const WorkDone& done) {
    --reading_;
    reading.worker.reset();
    auto table = heard(done.output);
    if (!table) return read_later(reading, table.error());
    reading.table = std::move(*table);
}

bool TableReaders::absorb(const WorkDone& done) {
    for (auto& [wwid, reading] : readings_) {
        if (reading.worker != done.id) continue;
        finish(reading, done);
        // The next ones of those that the last decision found.
        for (; reading_ < most_at_once && !unread_.empty(); unread_.erase(unread_.begin())) start(*unread_.front());
        return true;
    }
    return false;
}

std::optional<Moment> TableReaders::mirrored(std::string_view wwid) const {
    auto reading = readings_.find(wwid);
    return reading == readings_.end() ? std::nullopt : reading->second.mirrored;
}

}  // namespace rdm
