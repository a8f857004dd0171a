// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace rdm {

/// One line of multipath.conf as multipath-tools takes it apart. Tokens lend the text. A token is a word, "{", "}", a
/// quote (one `"`), or what stands between two quotes, in which `""` is a quote (never a `"` alone: that tells them
/// apart).
struct ConfigLine {
    std::uint32_t number = 0;  ///< of the line in the file, from 1
    std::vector<std::string_view> tokens;
};

/// The lines of a multipath.conf that hold tokens. As multipath-tools reads it:
///
///     1,023 bytes without a newline are a line of their own, wherever that cuts (it reads into 1,024 bytes)
///     a NUL or a carriage return behind other text ends a line; what follows on it is lost
///     white space and bytes above 0x7f separate words, but not within quotes
///     "#" and "!" begin a comment, even within a word, but not within quotes
///     "{", "}" and quotes stand for themselves, even glued to a word; a quote that is not closed ends with the line
///
/// Source: multipath-tools 0.9.4 and 0.14.3, libmpathutil/parser.c, read_line() and alloc_strvec().
class ConfigLexer {
public:
    explicit ConfigLexer(std::string_view text) : rest_(text) {}
    /// Puts the next line that has tokens in place of the last. false: the text is over, and there are no tokens.
    bool next(ConfigLine& line);
    /// The number of the line that next() gave last.
    [[nodiscard]] std::uint32_t line() const { return line_; }

private:
    std::string_view rest_;
    std::uint32_t line_ = 0;
    bool continues_ = false;  ///< what comes is the rest of a line that was too long
};

/// Puts the tokens of one line in place of what `tokens` held. It keeps its memory: a hundred vectors that come and go
/// are as many pages for musl's malloc to get and give back.
void config_tokens(std::string_view line, std::vector<std::string_view>& tokens);

[[nodiscard]] inline bool is_quote(std::string_view token) { return token == "\""; }

/// The value that begins at the token `at`, which exists: a word, or the text within quotes; nothing closes a quote at
/// the line's end, nor must there be anything in it. `at` is then behind it and its quotes.
[[nodiscard]] std::string config_value(const std::vector<std::string_view>& tokens, std::size_t& at);

}  // namespace rdm
