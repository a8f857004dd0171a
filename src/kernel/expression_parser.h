// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <optional>
#include <string_view>

#include "kernel/expression.h"

namespace rdm {

/// A letter, a digit or "_".
[[nodiscard]] bool is_word_byte(unsigned char byte);

/// Makes an Expression of its text, by recursive descent. For Expression::compile(). What is an error is glibc's choice
/// where POSIX leaves it open: a repetition of nothing ("*a", "a|*", "^*"), "{" without a sound interval, "a-c-e" and
/// unknown classes within brackets are errors; ")" without "(" and "}" are themselves, and empty alternatives are fine.
/// Source: glibc, posix/regcomp.c; GNU's regular expressions in the manual of gnulib.
class ExpressionParser {
public:
    explicit ExpressionParser(std::string_view pattern) : rest_(pattern) {}
    [[nodiscard]] std::optional<Expression> expression();

private:
    using Kind = Expression::Step::Kind;

    bool alternatives();
    bool branch();
    bool piece();
    bool atom(bool& may_repeat);
    bool group();
    bool escape(bool& may_repeat);
    bool repetitions(std::size_t start);
    bool interval(std::size_t start);
    bool repeat(std::size_t start, int least, int most);
    bool bracket();
    bool element(unsigned char& byte, bool& is_class, bool hyphen_is_fine, Expression::Set& set);
    bool symbol(char kind, unsigned char& byte, bool& is_class, Expression::Set& set);

    void emit(Kind kind, unsigned char byte = 0, std::int32_t to = 0) { made_.steps_.push_back({kind, byte, to}); }
    void insert_split(std::size_t at, std::int32_t to);
    void emit_set(const Expression::Set& set);
    [[nodiscard]] std::size_t size() const { return made_.steps_.size(); }
    bool take(char byte);
    unsigned char next();
    bool is_at_hyphen() const;

    std::string_view rest_;
    int depth_ = 0;   ///< of groups
    int groups_ = 0;  ///< that are closed
    Expression made_;
};

}  // namespace rdm
