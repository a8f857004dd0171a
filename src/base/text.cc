// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/text.h"

#include <cstring>
#include <limits>

namespace rdm {

namespace {
bool blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
constexpr char hex_digits[] = "0123456789abcdef";
}  // namespace

// Numbers by hand: the library's, made for speed, are 2 KiB.
namespace {
void append_number(std::string& joined, unsigned long long value) {
    char digits[20];
    std::size_t first = sizeof digits;
    do {
        digits[--first] = static_cast<char>('0' + value % 10);
        value /= 10;
    } while (value != 0);
    joined.append(digits + first, sizeof digits - first);
}
}  // namespace

std::string joined(std::uint64_t kinds, ...) {
    std::va_list words;
    va_start(words, kinds);
    auto text = join(kinds, words);
    va_end(words);
    return text;
}

std::string join(std::uint64_t kinds, std::va_list words) {
    std::string joined;
    for (;; kinds >>= piece_kind_bits) {
        const auto kind = static_cast<PieceKind>(kinds & ((1U << piece_kind_bits) - 1));
        if (kind == PieceKind::end) return joined;
        const auto value = va_arg(words, std::uintptr_t);
        switch (kind) {
            case PieceKind::end:
                break;
            case PieceKind::literal:
                joined += reinterpret_cast<const char*>(value);
                break;
            case PieceKind::string:
                joined += *reinterpret_cast<const std::string*>(value);
                break;
            case PieceKind::view:
                joined += *reinterpret_cast<const std::string_view*>(value);
                break;
            case PieceKind::safe_string:
                joined += escape(*reinterpret_cast<const std::string*>(value));
                break;
            case PieceKind::safe_view:
                joined += escape(*reinterpret_cast<const std::string_view*>(value));
                break;
            case PieceKind::system_error:
                if (!joined.empty()) joined += ": ";
                joined += std::strerror(static_cast<int>(value));
                break;
            case PieceKind::character:
                joined += static_cast<char>(value);
                break;
            case PieceKind::signed_number:
                if (static_cast<std::intptr_t>(value) < 0) joined += '-';
                append_number(joined, static_cast<std::intptr_t>(value) < 0 ? 0 - value : value);
                break;
            case PieceKind::unsigned_number:
                append_number(joined, value);
                break;
        }
    }
}

std::optional<unsigned long long> wide_number(std::string_view text, int base, unsigned long long) {
    if (text.empty()) return std::nullopt;
    unsigned long long value = 0;
    for (char c : text) {
        const int digit = c >= '0' && c <= '9'   ? c - '0'
                          : c >= 'a' && c <= 'f' ? c - 'a' + 10
                          : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                                 : base;
        if (digit >= base || __builtin_mul_overflow(value, static_cast<unsigned>(base), &value) ||
            __builtin_add_overflow(value, static_cast<unsigned>(digit), &value))
            return std::nullopt;
    }
    return value;
}

std::optional<long long> wide_number(std::string_view text, int base, long long) {
    const bool negative = text.starts_with('-');
    auto size = wide_number(text.substr(negative ? 1 : 0), base, 0ULL);
    constexpr auto most = static_cast<unsigned long long>(std::numeric_limits<long long>::max());
    if (!size || *size > most + (negative ? 1 : 0)) return std::nullopt;
    return static_cast<long long>(negative ? 0 - *size : *size);
}

std::string_view trim(std::string_view text) {
    while (!text.empty() && (blank(text.front()) || text.front() == '\0')) text.remove_prefix(1);
    while (!text.empty() && (blank(text.back()) || text.back() == '\0')) text.remove_suffix(1);
    return text;
}

std::vector<std::string_view> words(std::string_view text) {
    std::vector<std::string_view> found;
    std::size_t at = 0;
    while (at < text.size()) {
        if (blank(text[at])) {
            ++at;
            continue;
        }
        std::size_t end = at;
        while (end < text.size() && !blank(text[end])) ++end;
        found.push_back(text.substr(at, end - at));
        at = end;
    }
    return found;
}

std::vector<std::string_view> lines(std::string_view text) {
    std::vector<std::string_view> found;
    while (!text.empty()) {
        auto end = text.find('\n');
        found.push_back(text.substr(0, end));
        if (end == std::string_view::npos) break;
        text.remove_prefix(end + 1);
    }
    return found;
}

std::string hex(std::span<const std::uint8_t> bytes) {
    std::string text;
    text.reserve(bytes.size() * 2);
    for (auto byte : bytes) {
        text += hex_digits[byte >> 4];
        text += hex_digits[byte & 15];
    }
    return text;
}

std::string escape(std::string_view text) {
    std::string safe;
    safe.reserve(text.size());
    for (char c : text) {
        auto byte = static_cast<unsigned char>(c);
        if (byte >= 0x20 && byte < 0x7f && c != '\\') {
            safe += c;
        } else {
            safe += "\\x";
            safe += hex_digits[byte >> 4];
            safe += hex_digits[byte & 15];
        }
    }
    return safe;
}

}  // namespace rdm
