// SPDX-License-Identifier: GPL-2.0-or-later
#include "kernel/console.h"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

namespace rdm {

namespace {

constexpr std::size_t most_bytes = 900;
constexpr int facility = 3 << 3;
constexpr DevNo kmsg{1, 11};

int priority(LogLevel level) {
    switch (level) {
        case LogLevel::err:
            return 3;
        case LogLevel::warn:
            return 4;
        case LogLevel::notice:
            return 5;
        case LogLevel::info:
            return 6;
        case LogLevel::debug:
            break;
    }
    return 7;
}

bool write_line(const UniqueFd& fd, const std::string& line) {
    ssize_t size = 0;
    do {
        size = ::write(fd.get(), line.data(), line.size());
    } while (size < 0 && errno == EINTR);
    return size >= 0 || errno == EAGAIN;  // a full console loses a line, it is not broken
}

/// Standard error is not ours alone, so it stays blocking; a console that takes nothing (flow control, a pipe that
/// nobody reads) must not hold up the loop. The kernel's log never blocks, and does not answer this question.
bool is_full(const UniqueFd& fd) {
    pollfd one{fd.get(), POLLOUT, 0};
    return ::poll(&one, 1, 0) == 0;
}

}  // namespace

std::string kernel_log_line(LogLevel level, std::string_view text) {
    return cat('<', facility | priority(level), ">rdmpath: ", text.substr(0, most_bytes), '\n');
}

Console Console::open(LogTo to, const Nodes& nodes) {
    UniqueFd kernel_log;
    if (auto fd = nodes.open_device(NodeKind::character, kmsg, "kmsg", O_WRONLY)) kernel_log = std::move(*fd);
    return Console(UniqueFd(::fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3)), std::move(kernel_log), to);
}

Console::Console(UniqueFd standard_error, UniqueFd kernel_log, LogTo to)
    : standard_error_(std::move(standard_error)),
      kernel_log_(std::move(kernel_log)),
      to_standard_error_(to != LogTo::kernel_log),
      to_kernel_log_(to != LogTo::standard_error) {}

void Console::line(LogLevel level, const std::string& text) {
    if (brief_ && level == LogLevel::info) return;
    if (send(level, text) || to_standard_error_ == to_kernel_log_) return;
    std::swap(to_standard_error_, to_kernel_log_);  // nobody saw it: the other way from now on
    (void)send(level, text);
}

bool Console::send(LogLevel level, const std::string& text) const {
    const bool full = to_standard_error_ && is_full(standard_error_);
    const bool shown = to_standard_error_ && !full && write_line(standard_error_, cat("rdmpath: ", text, '\n'));
    const bool logged = (to_kernel_log_ || full) && write_line(kernel_log_, kernel_log_line(level, text));
    return shown || logged || full;
}

}  // namespace rdm
