// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "kernel/block.h"
#include "kernel/dm.h"
#include "kernel/event.h"
#include "kernel/files.h"
#include "kernel/scsi.h"
#include "kernel/snapshot.h"
#include "kernel/sysfs.h"
#include "kernel/workers.h"

namespace rdm {

/// Questions to a machine and its answers. It records while there is a machine to ask, and answers from what is on it
/// in either case: so the one who records and the one who replays see the same. Of questions asked again the last
/// answer counts. Nothing on it depends on when an answer came, and nothing that was read from a disk is on it.
///
/// Files that are asked for by path; what is not there is not written down.
class FileTape : public Files {
public:
    FileTape(const Files* files, Snapshot& all) : files_(files), all_(all) {}
    [[nodiscard]] Result<std::string> read(std::string_view path) const override;
    [[nodiscard]] Result<std::vector<std::string>> list(std::string_view path) const override;

private:
    const Files* files_;
    Snapshot& all_;
};

/// The other doors, for those who only look: what would change something is refused (EROFS), and nobody reads a disk.
class Tape : public Sysfs, public Scsi, public Events, public DeviceMapper, public Blocks {
public:
    /// Replays. Time goes on when nothing else is left to do; without a limit that is EDEADLK.
    explicit Tape(Snapshot all) : all_(std::move(all)), files_(nullptr, all_) {}
    /// Records. All are lent. A command without an answer hangs.
    Tape(Sysfs& sysfs, const Files& files, Scsi& scsi, Events& events, DeviceMapper& dm, Blocks& blocks)
        : sysfs_(&sysfs), scsi_(&scsi), events_(&events), dm_(&dm), blocks_(&blocks), files_(&files, all_) {}
    Tape(const Tape&) = delete;
    Tape& operator=(const Tape&) = delete;

    [[nodiscard]] FileTape& files() { return files_; }
    /// Everything recorded, the disks named.
    [[nodiscard]] Snapshot take();

    [[nodiscard]] Result<std::string> read(std::string_view path) const override;
    [[nodiscard]] Result<std::vector<std::string>> list(std::string_view path) const override;
    [[nodiscard]] Result<std::string> real_path(std::string_view path) const override;
    Result<void> write(std::string_view path, std::string_view text) override;
    Result<std::uint64_t> submit(const ScsiRequest& request) override;
    void forget(std::uint64_t id) override;
    [[nodiscard]] Moment now() const override { return events_ ? events_->now() : now_; }
    Result<std::vector<Event>> wait(std::optional<Moment> until) override;
    Result<std::vector<DmMap>> maps() override;
    Outcome apply(std::span<const DmAction> actions, Milliseconds bound) override;
    Result<std::unique_ptr<BlockReader>> open(DevNo dev) override;
    /// One that is not: /dev/block/MAJOR:MINOR among the files cannot be had (EBUSY).
    [[nodiscard]] bool is_free(DevNo dev) override;

private:
    Result<std::string> place(std::string_view path, bool& linked) const;

    Sysfs* sysfs_ = nullptr;
    Scsi* scsi_ = nullptr;
    Events* events_ = nullptr;
    DeviceMapper* dm_ = nullptr;
    Blocks* blocks_ = nullptr;
    mutable Snapshot all_;
    mutable Snapshot followed_;  ///< where paths lead, of those followed so far
    FileTape files_;
    Snapshot out_;  ///< recording: whose answer a request waits for, by its id
    Moment now_{};
    std::vector<Event> arrived_;  ///< replaying
    std::uint64_t next_ = 1;
};

/// Nobody who looks starts work: EROFS.
struct NoWorkers : Workers {
    Result<std::uint64_t> start(std::function<std::string()>&& work, Milliseconds deadline) override;
};

}  // namespace rdm
