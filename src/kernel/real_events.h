// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <memory>

#include "base/unique_fd.h"
#include "kernel/event.h"
#include "kernel/poller.h"

namespace rdm {

/// The moment it is now, by CLOCK_BOOTTIME.
[[nodiscard]] Moment boot_now();

/// Events from one poller, with SIGTERM and SIGINT as Event::Kind::stop (both are blocked from open() on) and a timer
/// that knows how to sleep until a moment. Everything else (uevents, SCSI, workers) registers itself with the poller,
/// which must outlive this.
class RealEvents : public Events {
public:
    static Result<std::unique_ptr<RealEvents>> open(Poller& poller);
    ~RealEvents() override;
    RealEvents(const RealEvents&) = delete;
    RealEvents& operator=(const RealEvents&) = delete;

    [[nodiscard]] Moment now() const override { return boot_now(); }
    Result<std::vector<Event>> wait(std::optional<Moment> until) override;

private:
    RealEvents(Poller& poller, UniqueFd signals, UniqueFd timer)
        : poller_(poller), signals_(std::move(signals)), timer_(std::move(timer)) {}
    Result<void> listen();
    void set_timer(std::optional<Moment> until) const;
    void take_signals(std::vector<Event>& events) const;
    void take_timer() const;

    Poller& poller_;
    UniqueFd signals_;
    UniqueFd timer_;
};

}  // namespace rdm
