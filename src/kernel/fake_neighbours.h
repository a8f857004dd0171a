// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include "kernel/neighbours.h"

namespace rdm {

/// Neighbours as a test wants them.
struct FakeNeighbours : Neighbours {
    bool multipathd = false;
    std::string answer = "ok";  ///< multipathd's: "ok" is what it says of an empty list
    bool udev = true;
    bool end = false;
    bool stuck = false;
    int ended = 0;                 ///< end_system()
    int asked = 0;                 ///< questions to multipathd
    bool asked_too_early = false;  ///< while it did not run: with socket activation that would have started it

    [[nodiscard]] bool multipathd_runs() override { return multipathd; }
    std::string multipathd_maps() override {
        ++asked;
        asked_too_early = asked_too_early || !multipathd;
        return answer.empty() ? answer : answer + '\n';
    }
    [[nodiscard]] bool udev_listens() override { return udev; }
    [[nodiscard]] bool system_ends() override { return end; }
    [[nodiscard]] bool end_is_stuck() override { return stuck; }
    void end_system() override { ++ended; }
};

}  // namespace rdm
