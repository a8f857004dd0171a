// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <concepts>
#include <string>
#include <string_view>

#include "base/text.h"

namespace rdm {

/// Writes JSON (RFC 8259) piece by piece, indented for people. The output is pure ASCII: text from a device is bytes
/// without a known encoding, so each byte that is not printable ASCII becomes \u00XX, the byte's value; nothing is
/// lost, nothing replaced. The caller keeps the order: in an object key() before each value.
class JsonWriter {
public:
    void begin_object() { begin('{'); }
    void end_object() { end('}'); }
    void begin_array() { begin('['); }
    void end_array() { end(']'); }
    void key(std::string_view name);
    void value(std::string_view text);
    void value(const std::string& text) { value(std::string_view(text)); }
    void value(const char* text) { value(std::string_view(text)); }
    void value(std::same_as<bool> auto truth) { raw(truth ? "true" : "false"); }
    void value(std::integral auto number)
        requires(!std::same_as<decltype(number), bool>)
    {
        raw(cat(number));
    }
    void null() { raw("null"); }

    void member(std::string_view name, const auto& what) {
        key(name);
        value(what);
    }

    /// All that was written, with a newline at the end. Everything begun has been ended.
    [[nodiscard]] std::string take();

private:
    void begin(char bracket);
    void end(char bracket);
    void raw(std::string_view text);
    void next();
    void new_line();

    std::string text_;
    std::size_t depth_ = 0;
    bool first_ = true;       ///< nothing yet in the innermost object or array
    bool after_key_ = false;  ///< the value belongs behind its key, on the same line
};

}  // namespace rdm
