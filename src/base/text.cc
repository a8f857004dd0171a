// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/text.h"

#include <cstring>

namespace rdm {

namespace {
bool blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
constexpr char hex_digits[] = "0123456789abcdef";
}  // namespace

namespace {
template <class Number>
void append_number(std::string& joined, Number value) {
    char digits[24];
    joined.append(digits, std::to_chars(digits, digits + sizeof digits, value).ptr);
}
}  // namespace

std::string join(Pieces pieces) {
    std::string joined;
    for (;; pieces.kinds >>= Pieces::kind_bits, ++pieces.values) {
        const auto kind = static_cast<PieceKind>(pieces.kinds & ((1U << Pieces::kind_bits) - 1));
        if (kind == PieceKind::end) return joined;
        const std::uintptr_t value = *pieces.values;
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
                append_number(joined, static_cast<long long>(value));
                break;
            case PieceKind::unsigned_number:
                append_number(joined, static_cast<unsigned long long>(value));
                break;
        }
    }
}

namespace {
template <class Wide>
std::optional<Wide> whole(std::string_view text, int base) {
    Wide value{};
    const char* last = text.data() + text.size();
    auto [end, error] = std::from_chars(text.data(), last, value, base);
    if (error != std::errc{} || end != last || text.empty()) return std::nullopt;
    return value;
}
}  // namespace

std::optional<long long> wide_number(std::string_view text, int base, long long) {
    return whole<long long>(text, base);
}
std::optional<unsigned long long> wide_number(std::string_view text, int base, unsigned long long) {
    return whole<unsigned long long>(text, base);
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
