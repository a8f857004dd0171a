// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/dm.h"

namespace rdm {

/// "create 3600…", "message 3600… fail_path 8:16": one line, safe to print.
[[nodiscard]] std::string describe(const DmAction& action);

/// What became of a plan's actions.
struct Applied {
    DeviceMapper::Outcome outcome;
    std::vector<std::string> lines;  ///< one per action: "create 3600…: done", "remove 3600…: in use"
};

/// Runs the actions, in order. `bound`: how long to wait for udev.
[[nodiscard]] Applied apply(std::span<const DmAction> actions, DeviceMapper& dm, Milliseconds bound);

/// An outcome as text and back, for a worker process, which can only return text.
[[nodiscard]] std::string encode(const DeviceMapper::Outcome& outcome);
/// EPROTO: not what encode() writes ("cut short").
[[nodiscard]] Result<DeviceMapper::Outcome> decode_outcome(std::string_view text);

}  // namespace rdm
