// SPDX-License-Identifier: GPL-2.0-or-later
// Expectations: `multipath -t` of 0.9.4 and 0.11.1, which tests/config-side-by-side runs on files with the same lines.
#include "config/lexer.h"

#include <gtest/gtest.h>

#include "base/text.h"

namespace rdm {
namespace {

/// "1:a|b 2:c"
std::string tokens(std::string_view text) {
    std::string all;
    ConfigLexer lexer(text);
    ConfigLine line;
    while (lexer.next(line)) {
        all += cat(all.empty() ? "" : " ", line.number, ':');
        for (std::size_t i = 0; i < line.tokens.size(); ++i) all += cat(i == 0 ? "" : "|", line.tokens[i]);
    }
    return all;
}

TEST(ConfigLexer, Lines) {
    using namespace std::string_view_literals;
    struct {
        std::string_view text;
        std::string want;
    } rows[] = {
        {"", ""},
        {"\n\n", ""},
        {"a b", "1:a|b"},
        {"a\n\n b\t c \n", "1:a 3:b|c"},
        {"a\r\nb\r\n", "1:a 2:b"},
        {"a\rb\nc", "1:a 2:c"},
        {"\r\ra\rb\n", "1:a"},
        {"a\0b\nc"sv, "1:a 2:c"},
        {"# a\n! b\nc # d\ne!f", "3:c 4:e"},
        {"a{b}c", "1:a|{|b|}|c"},
        {"a\"b c\"d", "1:a|\"|b c|\"|d"},
        {"a \"b", "1:a|\"|b"},
        {"a \"", "1:a|\""},
        {"a \"\"", "1:a|\"|\""},
        {"a \"\"\"\"", "1:a|\"|\"\"|\""},
        {"a \"b\"\"c\"", "1:a|\"|b\"\"c|\""},
        {"a \" # ! { } \"", "1:a|\"| # ! { } |\""},
        {"a\xc3\xa4"
         "b",
         "1:a|b"},
        {"a \"\xc3\xa4\"", "1:a|\"|\xc3\xa4|\""},
        {"a\v\fb", "1:a|b"},
    };
    for (auto& row : rows) EXPECT_EQ(tokens(row.text), row.want) << escape(row.text);
}

TEST(ConfigLexer, LongLinesAreCut) {
    std::string text = std::string(1020, ' ') + "abcdef g\nh\n";
    EXPECT_EQ(tokens(text), "1:abc 1:def|g 2:h");
    EXPECT_EQ(tokens(std::string(1022, ' ') + "a\nb"), "1:a 2:b");
}

TEST(ConfigLexer, Values) {
    struct {
        std::string_view line;
        std::string want;
        std::size_t behind;
    } rows[] = {
        {"a b c", "b", 2},
        {"a \"b c\" d", "b c", 4},
        {"a \"\" d", "", 3},
        {"a \"", "", 2},
        {"a \"b", "b", 3},
        {"a {", "{", 2},
        {"a \"b\"\"c\" d", "b\"c", 4},
        {"a \"\"\"\"\"\"", "\"\"", 4},
        {"a \"\"\"b", "\"b", 3},
    };
    for (auto& row : rows) {
        std::size_t at = 1;
        std::vector<std::string_view> tokens;
        config_tokens(row.line, tokens);
        EXPECT_EQ(config_value(tokens, at), row.want) << row.line;
        EXPECT_EQ(at, row.behind) << row.line;
    }
}

}  // namespace
}  // namespace rdm
