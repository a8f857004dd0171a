// SPDX-License-Identifier: GPL-2.0-or-later
#include "path/udev_text.h"

#include <cstdint>

#include "base/text.h"

namespace rdm {

namespace {

bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

std::string without_white_space(std::string_view text) {
    constexpr std::string_view skipped = " \t\n\r";  // in front; between words, vertical tab and form feed count too
    text.remove_prefix(std::min(text.find_first_not_of(skipped), text.size()));
    std::string out;
    bool space = false;
    for (char c : text) {
        if (space && !is_space(c)) out += '_';
        space = is_space(c);
        if (!space) out += c;
    }
    return out;
}

bool is_character(std::uint32_t code) {
    bool surrogate = (code & 0xfffff800) == 0xd800;
    bool reserved = (code >= 0xfdd0 && code <= 0xfdef) || (code & 0xfffe) == 0xfffe;
    return code < 0x110000 && !surrogate && !reserved;
}

}  // namespace

bool is_safe_in_node_name(char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
           std::string_view("#+-.:=@_").find(c) != std::string_view::npos;
}

std::size_t utf8_length(std::string_view text) {
    auto first = static_cast<std::uint8_t>(text.empty() ? 0 : text[0]);
    std::size_t length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
    if (first < 0xc0 || first >= 0xf8 || text.size() < length) return 0;
    std::uint32_t code = first & (0x7f >> length);
    for (std::size_t i = 1; i < length; ++i) {
        auto byte = static_cast<std::uint8_t>(text[i]);
        if ((byte & 0xc0) != 0x80) return 0;
        code = code << 6 | (byte & 0x3f);
    }
    std::uint32_t least = length == 4 ? 0x10000 : length == 3 ? 0x800 : 0x80;
    return code >= least && is_character(code) ? length : 0;
}

std::string safe_name(std::string_view text) {
    auto out = without_white_space(text);
    for (std::size_t i = 0; i < out.size();) {
        auto rest = std::string_view(out).substr(i);
        auto kept = is_safe_in_node_name(rest[0]) ? 1 : rest.starts_with("\\x") ? 2 : utf8_length(rest);
        if (kept == 0) out[i] = '_';
        i += kept == 0 ? 1 : kept;
    }
    return out;
}

std::string escaped_name(std::string_view text) {
    std::string out;
    for (char c : text) {
        auto byte = static_cast<std::uint8_t>(c);
        if (is_safe_in_node_name(c)) {
            out += c;
        } else {
            out += cat("\\x", hex({&byte, 1}));
        }
    }
    return out;
}

}  // namespace rdm
