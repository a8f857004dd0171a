// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/json_writer.h"

#include <algorithm>
#include <cassert>

namespace rdm {

namespace {

std::string quoted(std::string_view text) {
    std::string safe = "\"";
    for (char c : text) {
        auto byte = static_cast<std::uint8_t>(c);
        if (c == '"' || c == '\\') {
            safe += '\\';
            safe += c;
        } else if (byte >= 0x20 && byte < 0x7f) {
            safe += c;
        } else {
            safe += cat("\\u00", hex({&byte, 1}));
        }
    }
    return safe += '"';
}

}  // namespace

void JsonWriter::key(std::string_view name) {
    next();
    text_ += cat(quoted(name), ": ");
    after_key_ = true;
}

void JsonWriter::value(std::string_view text) { raw(quoted(text)); }

void JsonWriter::add_members(const char* keys, std::uint64_t kinds, ...) {
    constexpr unsigned mask = (1U << piece_kind_bits) - 1;
    std::va_list words;
    va_start(words, kinds);
    for (std::string_view rest = keys; !rest.empty(); kinds >>= piece_kind_bits) {
        auto name = rest.substr(0, rest.find(' '));
        rest.remove_prefix(std::min(name.size() + 1, rest.size()));
        const bool may_lack = name.ends_with('?');
        if (may_lack) name.remove_suffix(1);
        const auto kind = static_cast<PieceKind>(kinds & mask);
        const auto text = joined(kinds & mask, va_arg(words, std::uintptr_t));
        key(name);
        if (may_lack && text.empty())
            null();
        else if (kind == PieceKind::character)
            raw(text == "t" ? "true" : "false");
        else if (kind <= PieceKind::view)
            value(text);
        else
            raw(text);
    }
    va_end(words);
}

std::string JsonWriter::take() {
    assert(depth_ == 0 && !after_key_);
    return std::move(text_) + '\n';
}

void JsonWriter::begin(char bracket) {
    next();
    text_ += bracket;
    ++depth_;
    first_ = true;
}

void JsonWriter::end(char bracket) {
    assert(depth_ > 0 && !after_key_);
    --depth_;
    if (!first_) new_line();
    text_ += bracket;
    first_ = false;
}

void JsonWriter::raw(std::string_view text) {
    next();
    text_ += text;
}

// What stands in front of a key or a value: a comma and a new line, unless it is the first or follows its key.
void JsonWriter::next() {
    if (!after_key_ && depth_ > 0) {
        if (!first_) text_ += ',';
        new_line();
    }
    after_key_ = false;
    first_ = false;
}

void JsonWriter::new_line() {
    text_ += '\n';
    text_.append(depth_ * 2, ' ');
}

}  // namespace rdm
