// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <cstdint>
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
    void null() { raw("null"); }

    /// Keys, a blank between two, and the value of each: text, a number, a bool, or JSON as safe() text. An empty one
    /// whose key ends in "?" is null: `json.members("name sectors serial?", path.name, path.sectors, path.serial);`
    template <class... Parts>
    [[gnu::always_inline]] void members(const char* keys, const Parts&... parts) {
        add_members(keys, piece_kinds<Piece<Parts>...>(), word(parts)...);
    }
    template <class... Parts>
    [[gnu::always_inline]] void object(const char* keys, const Parts&... parts) {
        begin_object();
        members(keys, parts...);
        end_object();
    }

    /// All that was written, with a newline at the end. Everything begun has been ended.
    [[nodiscard]] std::string take();

private:
    template <class Part>
    using Piece = std::conditional_t<std::same_as<Part, bool>, char, Part>;
    template <class Part>
    [[gnu::always_inline]] static std::uintptr_t word(const Part& part) {
        if constexpr (std::same_as<Part, bool>)
            return part ? 't' : 'f';
        else
            return piece_value(part);
    }
    void add_members(const char* keys, std::uint64_t kinds, ...);
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
