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
#include <type_traits>
#include <utility>
#include <vector>

namespace rdm {

/// One piece of text for cat(): a string, a character, or an integer in decimal. It borrows strings, and lives for one
/// expression. What it becomes is decided in join(): pieces stand in hundreds of places, and each should be a few
/// bytes.
class Piece {
public:
    constexpr Piece(std::string_view text) : text_(text.data()), length_(static_cast<std::uint32_t>(text.size())) {}
    Piece(const std::string& text);
    constexpr Piece(const char* text) : Piece(std::string_view(text)) {}
    constexpr Piece(char one) : number_(static_cast<unsigned char>(one)), kind_(Kind::character) {}
    template <std::integral Number>
        requires(!std::same_as<Number, bool> && !std::same_as<Number, char>)
    constexpr Piece(Number value)
        : number_(static_cast<unsigned long long>(value)),
          kind_(std::is_signed_v<Number> ? Kind::signed_number : Kind::unsigned_number) {}

    void append_to(std::string& joined) const;

private:
    enum class Kind : std::uint32_t { text, character, signed_number, unsigned_number };
    union {
        const char* text_;
        unsigned long long number_;  ///< the character or the number
    };
    std::uint32_t length_ = 0;  ///< of the text; none has 4 GiB
    Kind kind_ = Kind::text;
};

[[nodiscard]] std::string join(std::initializer_list<Piece> pieces);

/// Pieces joined to one string: `cat("8:", minor)`.
template <class... Parts>
[[nodiscard, gnu::always_inline]] inline std::string cat(const Parts&... parts) {
    return join({Piece(parts)...});
}

/// A number before its type's range is checked. For number().
[[nodiscard]] std::optional<long long> wide_number(std::string_view text, int base, long long /*type*/);
[[nodiscard]] std::optional<unsigned long long> wide_number(std::string_view text, int base,
                                                            unsigned long long /*type*/);

/// The whole text as a number, within the type's range; nullopt for anything else (empty, blanks, sign on unsigned,
/// rest).
template <std::integral Number>
[[nodiscard]] std::optional<Number> number(std::string_view text, int base = 10) {
    using Wide = std::conditional_t<std::is_signed_v<Number>, long long, unsigned long long>;
    auto wide = wide_number(text, base, Wide{});
    if (!wide || !std::in_range<Number>(*wide)) return std::nullopt;
    return static_cast<Number>(*wide);
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
