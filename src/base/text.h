// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <concepts>
#include <cstdarg>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace rdm {

// Pieces of text to be joined stand in hundreds of places, and each should be a few bytes: a piece is one word, a
// string by its address or a number by its value, and what the pieces are is one constant for all of them. The words
// are arguments in C's way, "...": most stay in registers, where an array would be 8 bytes of program a word. Only
// cat() and its like make such calls, so kinds and words always agree.

/// What a piece is: a text that ends with NUL, a string, a view, either of them escaped, a character, an integer, an
/// errno value (by its text, ": " in front of it unless it is the first piece). `end` follows the last.
enum class PieceKind : unsigned {
    end,
    literal,
    string,
    view,
    safe_string,
    safe_view,
    character,
    signed_number,
    unsigned_number,
    system_error,
};

/// Of each kind in the constant; the first piece's are the lowest.
constexpr int piece_kind_bits = 4;

/// Pieces that are escape()d while they are joined: for text from a device, or from anybody else. They borrow it.
struct SafeString {
    const std::string& text;
};
struct SafeView {
    std::string_view text;
};
[[nodiscard]] inline SafeString safe(const std::string& text) { return {text}; }
[[nodiscard]] inline SafeView safe(std::string_view text) { return {text}; }
[[nodiscard]] inline SafeView safe(const char* text) { return {text}; }

template <class Part>
consteval PieceKind piece_kind() {
    if constexpr (std::same_as<Part, SafeString>) return PieceKind::safe_string;
    if constexpr (std::same_as<Part, SafeView>) return PieceKind::safe_view;
    if constexpr (std::same_as<Part, std::string>) return PieceKind::string;
    if constexpr (std::same_as<Part, std::string_view>) return PieceKind::view;
    if constexpr (std::convertible_to<Part, const char*>) return PieceKind::literal;
    if constexpr (std::same_as<Part, char>) return PieceKind::character;
    return std::is_signed_v<Part> ? PieceKind::signed_number : PieceKind::unsigned_number;
}

template <class Part>
[[gnu::always_inline]] inline std::uintptr_t piece_value(const Part& part) {
    static_assert(sizeof(std::uintptr_t) == 8 || !std::integral<Part> || sizeof(Part) <= sizeof(std::uintptr_t));
    if constexpr (std::same_as<Part, SafeString> || std::same_as<Part, SafeView>)
        return reinterpret_cast<std::uintptr_t>(&part.text);
    else if constexpr (std::same_as<Part, std::string> || std::same_as<Part, std::string_view>)
        return reinterpret_cast<std::uintptr_t>(&part);
    else if constexpr (std::convertible_to<Part, const char*>)
        return reinterpret_cast<std::uintptr_t>(static_cast<const char*>(part));
    else {
        static_assert(std::integral<Part> && !std::same_as<Part, bool>, "not a piece of text");
        return static_cast<std::uintptr_t>(part);
    }
}

template <class... Parts>
consteval std::uint64_t piece_kinds() {
    static_assert(sizeof...(Parts) * piece_kind_bits < 64, "too many pieces");
    std::uint64_t kinds = 0;
    int at = 0;
    ((kinds |= static_cast<std::uint64_t>(piece_kind<Parts>()) << at, at += piece_kind_bits), ...);
    return kinds;
}

/// For who takes pieces: `words` are std::uintptr_t, as many as there are kinds.
[[nodiscard]] std::string join(std::uint64_t kinds, std::va_list words);

[[nodiscard]] std::string joined(std::uint64_t kinds, ...);

/// Pieces joined to one string: `cat("8:", minor)`. Strings, characters, and integers in decimal.
template <class... Parts>
[[nodiscard, gnu::always_inline]] inline std::string cat(const Parts&... parts) {
    return joined(piece_kinds<Parts...>(), piece_value(parts)...);
}

/// A number before its type's range is checked; `base`: up to 16. For number().
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
