// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <charconv>
#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace rdm {

/// One piece of text for cat(): a string, a character, or an integer in decimal. Lives for one expression.
class Piece {
public:
    Piece(std::string_view text) : text_(text) {}
    Piece(const std::string& text) : text_(text) {}
    Piece(const char* text) : text_(text) {}
    Piece(char one) : digits_{one}, text_(digits_, 1) {}
    template <std::integral Number>
        requires(!std::same_as<Number, bool> && !std::same_as<Number, char>)
    Piece(Number value)
        : text_(digits_,
                static_cast<std::size_t>(std::to_chars(digits_, digits_ + sizeof digits_, value).ptr - digits_)) {}
    Piece(const Piece&) = delete;
    Piece& operator=(const Piece&) = delete;
    [[nodiscard]] std::string_view text() const { return text_; }

private:
    char digits_[24];
    std::string_view text_;
};

/// Joins pieces without a function per combination of types. `cat` is the way to call it.
std::string join_pieces(std::initializer_list<const Piece*> pieces);

template <class... Parts>
std::string cat_pieces(const Parts&... pieces) {
    return join_pieces({&pieces...});
}

/// Pieces joined to one string: `cat("8:", minor)`.
template <class... Parts>
[[nodiscard]] std::string cat(const Parts&... parts) {
    return cat_pieces(static_cast<const Piece&>(Piece(parts))...);
}

/// The whole text as a number, within the type's range; nullopt for anything else (empty, blanks, sign on unsigned,
/// rest).
template <std::integral Number>
[[nodiscard]] std::optional<Number> number(std::string_view text, int base = 10) {
    Number value{};
    auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
    if (error != std::errc{} || end != text.data() + text.size() || text.empty()) return std::nullopt;
    return value;
}

/// Without white space (blank, tab, newline, carriage return) and NUL bytes at either end.
[[nodiscard]] std::string_view trim(std::string_view text);

/// The words between runs of white space.
[[nodiscard]] std::vector<std::string_view> words(std::string_view text);

/// The lines, without their newline; a missing last newline does not matter.
[[nodiscard]] std::vector<std::string_view> lines(std::string_view text);

/// Lower-case hex digits, two a byte.
[[nodiscard]] std::string hex(std::span<const std::uint8_t> bytes);

/// Safe in one line of a log or a list: control bytes, backslash and bytes above 0x7e as \xNN. For text from a device.
[[nodiscard]] std::string escape(std::string_view text);

}  // namespace rdm
