// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <functional>
#include <map>
#include <utility>

#include "kernel/event.h"

namespace rdm {

/// Events in virtual time: wait() moves the clock to the next thing that is due, or to `until`. Whatever was scheduled
/// runs at its moment, in the order in which it was scheduled.
class FakeEvents : public Events {
public:
    [[nodiscard]] Moment now() const override { return now_; }

    /// EDEADLK: nothing will ever happen, and nobody gave a limit. A real machine would sleep for ever here.
    Result<std::vector<Event>> wait(std::optional<Moment> until) override {
        for (;;) {
            run_due();
            if (!arrived_.empty()) return std::exchange(arrived_, {});
            bool more = !later_.empty() && (!until || later_.begin()->first <= *until);
            if (!more && !until) return fail(EDEADLK, "nothing will ever happen");
            now_ = std::max(now_, more ? later_.begin()->first : *until);
            if (!more) return std::vector<Event>{};
        }
    }

    void push(Event event) { arrived_.push_back(std::move(event)); }
    void at(Moment moment, std::function<void()> action) { later_.emplace(moment, std::move(action)); }
    void after(Milliseconds time, std::function<void()> action) { at(now_ + time, std::move(action)); }

    /// Moves the clock on; what is due meanwhile runs, and its events wait for the next wait().
    void pass(Milliseconds time) {
        auto end = now_ + time;
        while (!later_.empty() && later_.begin()->first <= end) {
            now_ = std::max(now_, later_.begin()->first);
            run_due();
        }
        now_ = end;
    }

private:
    void run_due() {
        while (!later_.empty() && later_.begin()->first <= now_) {
            auto action = std::move(later_.begin()->second);
            later_.erase(later_.begin());
            action();
        }
    }

    Moment now_{};
    std::vector<Event> arrived_;
    std::multimap<Moment, std::function<void()>> later_;
};

}  // namespace rdm
