// SPDX-License-Identifier: GPL-2.0-or-later
#include "boot/real_machine.h"

namespace rdm {

RealMachine::RealMachine(Poller&& poller, RealSysfs&& sysfs, Nodes&& nodes, Proc&& proc, UeventSocket&& uevents)
    : poller_(std::move(poller)),
      sysfs_(std::move(sysfs)),
      nodes_(std::move(nodes)),
      proc_(std::move(proc)),
      files_(proc_.fd(), run_folder_.fd()),
      neighbours_(files_, proc_.fd(), run_folder_.fd()),
      uevents_(std::move(uevents)),
      dm_(sysfs_, proc_.fd()),
      blocks_(nodes_) {}

Result<std::unique_ptr<RealMachine>> RealMachine::open() {
    auto poller = TRY(Poller::open());
    auto sysfs = TRY(RealSysfs::open());
    auto nodes = TRY(Nodes::open());
    auto proc = TRY(Proc::open());
    auto uevents = TRY(UeventSocket::open());
    std::unique_ptr<RealMachine> machine(
        new RealMachine(std::move(poller), std::move(sysfs), std::move(nodes), std::move(proc), std::move(uevents)));
    TRY(machine->start());
    return machine;
}

Result<void> RealMachine::start() {
    events_ = TRY(RealEvents::open(poller_));
    workers_ = TRY(RealWorkers::open(poller_));
    scsi_ = TRY(RealScsi::open(poller_, nodes_, sysfs_));
    return uevents_.listen(poller_);
}

}  // namespace rdm
