// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <string>

#include "kernel/fake_events.h"
#include "kernel/workers.h"

namespace rdm {

/// How long the work that runs now was held up by devices. Fakes that cannot block add to it instead.
struct FakeStall {
    Milliseconds time{0};
    bool for_ever = false;
};

/// Workers that run in this process, as soon as the loop waits. `stall`, filled by the other fakes meanwhile, decides
/// when the result arrives, or that the deadline comes first.
class FakeWorkers : public Workers {
public:
    FakeWorkers(FakeEvents& events, FakeStall& stall) : events_(events), stall_(stall) {}

    Result<std::uint64_t> start(std::function<std::string()>&& work, Milliseconds deadline) override {
        auto id = next_++;
        ++running_;
        events_.after(Milliseconds(0), [this, id, deadline, run = std::move(work)] {
            stall_ = {};
            auto output = run();
            bool late = stall_.for_ever || stall_.time > deadline;
            auto took = late ? deadline : stall_.time;
            WorkDone done{id, late ? Result<std::string>(fail(ETIMEDOUT, "no result in time")) : std::move(output)};
            events_.after(took, [this, done] { deliver(done); });
        });
        return id;
    }

    [[nodiscard]] std::size_t started() const { return static_cast<std::size_t>(next_ - 1); }
    [[nodiscard]] std::size_t running() const { return running_; }

private:
    void deliver(WorkDone done) {
        --running_;
        Event event;
        event.kind = Event::Kind::work;
        event.work = std::move(done);
        events_.push(std::move(event));
    }

    FakeEvents& events_;
    FakeStall& stall_;
    std::uint64_t next_ = 1;
    std::size_t running_ = 0;
};

}  // namespace rdm
