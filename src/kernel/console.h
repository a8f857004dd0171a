// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <string>

#include "base/log.h"
#include "base/unique_fd.h"
#include "kernel/nodes.h"

namespace rdm {

/// A line as /dev/kmsg takes it: "<30>rdmpath: mpatha: sdc joined\n", facility daemon, at most 900 bytes (the kernel
/// refuses more than about 1000). Source: Documentation/ABI/testing/dev-kmsg.
[[nodiscard]] std::string kernel_log_line(LogLevel level, std::string_view text);

enum class LogTo { standard_error, kernel_log, both };

/// Where log lines go. The kernel's log is opened at once and stays usable after switch_root; if standard error breaks
/// (a console hung up, journald gone), lines go to the kernel's log from then on, and the other way round. Never
/// blocks: a line for which standard error has no room now goes to the kernel's log.
class Console {
public:
    /// `nodes` finds /dev/kmsg where there is no node of it.
    static Console open(LogTo to, const Nodes& nodes);
    Console(UniqueFd standard_error, UniqueFd kernel_log, LogTo to);

    /// From now on without lines of LogLevel::info.
    void be_brief() { brief_ = true; }
    void line(LogLevel level, const std::string& text);
    /// For Log; this console must stay where it is as long as the log lives.
    [[nodiscard]] Log::Sink sink() {
        return [this](LogLevel level, const std::string& text) { line(level, text); };
    }

private:
    [[nodiscard]] bool send(LogLevel level, const std::string& text) const;

    UniqueFd standard_error_;
    UniqueFd kernel_log_;
    bool to_standard_error_ = true;
    bool to_kernel_log_ = true;
    bool brief_ = false;
};

}  // namespace rdm
