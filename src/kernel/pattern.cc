// SPDX-License-Identifier: GPL-2.0-or-later
#include "kernel/pattern.h"

#include <optional>

#include "kernel/expression.h"

namespace rdm {

namespace {

/// A pattern that only says where a text begins, ends or what it holds.
struct Plain {
    std::string_view text;
    bool at_start = false;
    bool at_end = false;
    bool is_plain = false;
};

Plain plain(std::string_view pattern) {
    Plain found{.text = pattern};
    found.at_start = found.text.starts_with('^');
    if (found.at_start) found.text.remove_prefix(1);
    found.at_end = found.text.ends_with('$');
    if (found.at_end) found.text.remove_suffix(1);
    found.is_plain = !found.text.empty() && found.text.find_first_of("^$.[]|()*+?{}\\") == std::string_view::npos;
    return found;
}

bool matches(const Plain& pattern, std::string_view text) {
    if (pattern.at_start && pattern.at_end) return text == pattern.text;
    if (pattern.at_start) return text.starts_with(pattern.text);
    return pattern.at_end ? text.ends_with(pattern.text) : text.contains(pattern.text);
}

}  // namespace

bool is_found(const std::string& pattern, const std::string& text) {
    if (auto easy = plain(pattern); easy.is_plain) return matches(easy, text);
    auto compiled = Expression::compile(pattern);
    return compiled && compiled->is_in(text);
}

std::size_t first_listed(const std::string& pattern, std::span<const std::string> texts) {
    const bool inverted = pattern.starts_with('!');
    const auto rest = pattern.substr(inverted || pattern.starts_with("\\!") ? 1 : 0);
    const auto easy = plain(rest);
    const auto regex = easy.is_plain ? std::nullopt : Expression::compile(rest);
    if (!regex && !easy.is_plain) return texts.size();
    for (std::size_t n = 0; n < texts.size(); ++n)
        if ((regex ? regex->is_in(texts[n]) : matches(easy, texts[n])) != inverted) return n;
    return texts.size();
}

bool is_listed(const std::string& pattern, const std::string& text) { return first_listed(pattern, {&text, 1}) == 0; }

bool is_sound(const std::string& pattern) {
    auto rest = pattern.substr(pattern.starts_with('!') || pattern.starts_with("\\!") ? 1 : 0);
    return plain(rest).is_plain || Expression::compile(rest).has_value();
}

}  // namespace rdm
