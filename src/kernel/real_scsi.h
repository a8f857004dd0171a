// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <list>
#include <map>
#include <memory>
#include <vector>

#include "base/unique_fd.h"
#include "kernel/nodes.h"
#include "kernel/poller.h"
#include "kernel/scsi.h"
#include "kernel/sg_io.h"
#include "kernel/sysfs.h"

namespace rdm {

/// SCSI commands by the sg devices, an open file for those that a disk has yet to answer: what hangs holds up nothing
/// else, and nothing is open while nothing is asked. Disks without an sg device, and those whose queues are crowded so
/// that even sending might wait, are asked by a child process each, a few at once, the rest in turn. A child that hangs
/// soon takes nobody's turn.
class RealScsi : public Scsi {
public:
    struct Children {
        std::size_t at_once = 16;     ///< those that hang are not counted
        std::size_t most = 256;       ///< with them, and with those killed that still hang
        Milliseconds patience{2000};  ///< a child hangs if it has said nothing for that long, or up to twice as long
        std::string (*ask)(const Nodes&, const ScsiRequest&, const ScsiCdb&) = sg_ask_and_wait;
    };

    /// Raises this process's limit of open files as far as it may. All three must outlive this.
    static Result<std::unique_ptr<RealScsi>> open(Poller& poller, const Nodes& nodes, const Sysfs& sysfs,
                                                  Children children);
    static Result<std::unique_ptr<RealScsi>> open(Poller& poller, const Nodes& nodes, const Sysfs& sysfs) {
        return open(poller, nodes, sysfs, {});
    }
    ~RealScsi() override;
    RealScsi(const RealScsi&) = delete;
    RealScsi& operator=(const RealScsi&) = delete;

    /// An error: the command could not be sent; no answer will come.
    Result<std::uint64_t> submit(const ScsiRequest& request) override;
    /// The file is closed if it was the last, the child killed. The kernel goes on with the command by itself; neither
    /// waits for it.
    void forget(std::uint64_t id) override;

private:
    struct File {
        UniqueFd fd;
        std::size_t commands = 0;  ///< under way
        std::size_t room = 0;      ///< commands for which there was room in the queues
    };
    struct Pending {
        ScsiRequest request;
        ScsiCdb cdb;
        bool sent = false;  ///< by the sg device
        UniqueFd pipe;      ///< the child's
        int child = -1;     ///< running; -1 and not sent: waits for its turn
        bool hangs = false;
        std::string text;  ///< what the child wrote
    };

    RealScsi(Poller& poller, const Nodes& nodes, const Sysfs& sysfs, Children children, UniqueFd timer)
        : poller_(poller),
          nodes_(nodes),
          sysfs_(sysfs),
          limits_(children),
          timer_(std::move(timer)),
          buffers_(std::make_unique<SgBuffers>()) {}
    [[nodiscard]] std::size_t room_for(const ScsiRequest& request);
    Result<void> open_sg(const ScsiRequest& request, File& file);
    Result<void> send(std::uint64_t id, Pending& pending, std::size_t room);
    Result<void> start_child(std::uint64_t id, Pending& pending);
    void start_waiting();
    void note_hanging();
    void take_answer(DevNo sg_dev, std::vector<Event>& events);
    void lose(DevNo sg_dev, const Error& error, std::vector<Event>& events);
    void close_if_idle(DevNo sg_dev);
    void read_child(std::uint64_t id, std::vector<Event>& events);
    void deliver(std::uint64_t id, Result<RawScsiAnswer> raw, std::vector<Event>& events);
    void drop(std::uint64_t id);
    void reap();

    Poller& poller_;
    const Nodes& nodes_;
    const Sysfs& sysfs_;
    Children limits_;
    UniqueFd timer_;
    std::unique_ptr<SgBuffers> buffers_;  ///< every answer goes through them while it is read
    std::map<std::uint64_t, Pending> pending_;
    std::map<DevNo, File> files_;        ///< by sg device
    std::list<std::uint64_t> waiting_;   ///< for a child; forgotten ones are skipped
    std::uint64_t timed_before_ = 0;     ///< the timer runs for the children of earlier commands; 0: not set
    std::size_t children_ = 0;           ///< running
    std::size_t hanging_ = 0;            ///< of these
    std::vector<std::uint64_t> killed_;  ///< process ids, not reaped yet: may hang in the kernel
    std::uint64_t next_ = 1;
};

}  // namespace rdm
