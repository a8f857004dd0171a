// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <functional>
#include <string>

#include "base/text.h"

namespace rdm {

/// err: root won't come up without help. warn: we go on, and the line says how. notice: a change that is said to those
/// who want it quiet, too. info: a change. debug: a decision and why.
enum class LogLevel { err, warn, notice, info, debug };

/// One event, one line, subject first. Passed in, never global; the sink decides where lines go (console, kmsg, a list
/// in tests). Text from devices is escaped by who adds it.
class Log {
public:
    using Sink = std::function<void(LogLevel, const std::string&)>;
    explicit Log(Sink sink, LogLevel most = LogLevel::info) : sink_(std::move(sink)), most_(most) {}

    template <class... Parts>
    void err(const Parts&... parts) {
        line(LogLevel::err, parts...);
    }
    template <class... Parts>
    void warn(const Parts&... parts) {
        line(LogLevel::warn, parts...);
    }
    template <class... Parts>
    void notice(const Parts&... parts) {
        line(LogLevel::notice, parts...);
    }
    template <class... Parts>
    void info(const Parts&... parts) {
        line(LogLevel::info, parts...);
    }
    template <class... Parts>
    void debug(const Parts&... parts) {
        line(LogLevel::debug, parts...);
    }

private:
    template <class... Parts>
    [[gnu::always_inline]] void line(LogLevel level, const Parts&... parts) {
        pieces(level, piece_kinds<Parts...>(), piece_value(parts)...);
    }
    void pieces(LogLevel level, std::uint64_t kinds, ...) {
        if (level > most_) return;
        std::va_list words;
        va_start(words, kinds);
        sink_(level, join(kinds, words));
        va_end(words);
    }
    Sink sink_;
    LogLevel most_;
};

}  // namespace rdm
