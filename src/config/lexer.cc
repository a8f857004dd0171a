// SPDX-License-Identifier: GPL-2.0-or-later
#include "config/lexer.h"

namespace rdm {

namespace {

constexpr std::size_t longest_line = 1023;

bool separates(char byte) {
    return std::string_view(" \t\n\v\f\r").contains(byte) || static_cast<unsigned char>(byte) > 0x7f;
}

std::string_view without_blanks(std::string_view text) {
    while (!text.empty() && separates(text.front())) text.remove_prefix(1);
    return text;
}

bool begins_comment(std::string_view text) { return text.starts_with('#') || text.starts_with('!'); }

/// How long the token is that begins outside quotes.
std::size_t word_length(std::string_view text) {
    if (std::string_view("{}\"").contains(text.front())) return 1;
    std::size_t end = 0;
    while (end < text.size() && !separates(text[end]) && !std::string_view("!#{}\"").contains(text[end])) ++end;
    return end;
}

/// How long the token is that begins within quotes: a quote that closes, or all before it.
std::size_t quoted_length(std::string_view text) {
    std::size_t end = 0;
    while ((end = text.find('"', end)) != std::string_view::npos) {
        if (end + 1 == text.size() || text[end + 1] != '"') return end == 0 ? 1 : end;
        end += 2;
    }
    return text.size();
}

/// What a C program sees of a line that it read: up to a NUL, a newline, or a carriage return with text before it.
std::string_view visible(std::string_view line) {
    line = line.substr(0, line.find('\0'));
    auto start = line.find_first_not_of("\r\n");
    return start == std::string_view::npos ? "" : line.substr(start, line.find_first_of("\r\n", start) - start);
}

}  // namespace

void config_tokens(std::string_view line, std::vector<std::string_view>& tokens) {
    tokens.clear();
    bool in_quotes = false;
    auto rest = without_blanks(line);
    while (!rest.empty() && (in_quotes || !begins_comment(rest))) {
        auto token = rest.substr(0, in_quotes ? quoted_length(rest) : word_length(rest));
        tokens.push_back(token);
        rest.remove_prefix(token.size());
        if (is_quote(token)) in_quotes = !in_quotes;
        if (!in_quotes) rest = without_blanks(rest);
    }
}

bool ConfigLexer::next(ConfigLine& line) {
    line.tokens.clear();
    while (line.tokens.empty() && !rest_.empty()) {
        if (!continues_) ++line_;
        auto end = rest_.substr(0, longest_line).find('\n');
        auto text = rest_.substr(0, end == std::string_view::npos ? longest_line : end + 1);
        continues_ = !text.ends_with('\n');
        rest_.remove_prefix(text.size());
        config_tokens(visible(text), line.tokens);
    }
    line.number = line_;
    return !line.tokens.empty();
}

std::string config_value(const std::vector<std::string_view>& tokens, std::size_t& at) {
    auto token = tokens[at++];
    if (!is_quote(token)) return std::string(token);
    if (at == tokens.size()) return {};
    token = tokens[at++];
    if (is_quote(token)) return {};
    if (at < tokens.size()) ++at;  // only a quote can follow
    std::string value;
    for (std::size_t i = 0; i < token.size(); ++i) {
        if (token.substr(i).starts_with("\"\"")) ++i;
        value += token[i];
    }
    return value;
}

}  // namespace rdm
