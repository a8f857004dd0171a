// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <memory>

#include "boot/doors.h"
#include "kernel/console.h"
#include "kernel/current_root.h"
#include "kernel/nodes.h"
#include "kernel/poller.h"
#include "kernel/process.h"
#include "kernel/real_blocks.h"
#include "kernel/real_dm.h"
#include "kernel/real_events.h"
#include "kernel/real_files.h"
#include "kernel/real_neighbours.h"
#include "kernel/real_scsi.h"
#include "kernel/real_sysfs.h"
#include "kernel/real_workers.h"
#include "kernel/run_folder.h"
#include "kernel/uevent.h"

namespace rdm {

/// Device-mapper where names mean what they mean to PID 1: libdevmapper works with names in /dev.
class VisitingDm : public DeviceMapper {
public:
    VisitingDm(const Sysfs& sysfs, int proc) : dm_(sysfs), proc_(proc) {}
    Result<std::vector<DmMap>> maps() override {
        RootVisit visit(proc_);
        return dm_.maps();
    }
    Outcome apply(std::span<const DmAction> actions, Milliseconds bound) override {
        RootVisit visit(proc_);
        return dm_.apply(actions, bound);
    }

private:
    RealDm dm_;
    int proc_;
};

/// This machine behind all doors, each held from the start, so that they go on working after switch_root.
class RealMachine {
public:
    static Result<std::unique_ptr<RealMachine>> open();
    RealMachine(const RealMachine&) = delete;
    RealMachine& operator=(const RealMachine&) = delete;
    ~RealMachine() = default;

    [[nodiscard]] Doors doors(Log& log) {
        return {sysfs_, files_, *scsi_, dm_, blocks_, *workers_, *events_, log, &neighbours_};
    }
    [[nodiscard]] const Proc& proc() const { return proc_; }
    [[nodiscard]] const Nodes& nodes() const { return nodes_; }
    [[nodiscard]] const RunFolder& run_folder() const { return run_folder_; }

private:
    RealMachine(Poller&& poller, RealSysfs&& sysfs, Nodes&& nodes, Proc&& proc, UeventSocket&& uevents);
    Result<void> start();

    Poller poller_;
    RealSysfs sysfs_;
    Nodes nodes_;
    Proc proc_;
    RunFolder run_folder_;
    RealFiles files_;
    RealNeighbours neighbours_;
    UeventSocket uevents_;
    VisitingDm dm_;
    RealBlocks blocks_;
    std::unique_ptr<RealEvents> events_;
    std::unique_ptr<RealWorkers> workers_;
    std::unique_ptr<RealScsi> scsi_;
};

}  // namespace rdm
