// SPDX-License-Identifier: GPL-2.0-or-later
#include "kernel/expression_parser.h"

namespace rdm {

namespace {

constexpr std::size_t most_steps = 65536;
constexpr int most_depth = 200;
constexpr int most_repeats = 0x7fff;

Expression::Set of(bool (*is_one)(unsigned char), bool wanted) {
    Expression::Set set{};
    for (unsigned byte = 0; byte < set.size(); ++byte) set[byte] = is_one(static_cast<unsigned char>(byte)) == wanted;
    return set;
}

bool is_space(unsigned char byte) { return byte == ' ' || (byte >= '\t' && byte <= '\r'); }

/// The classes of the C locale, as ranges of bytes.
struct Class {
    char name[7];
    char ranges[9];  ///< first and last, in pairs
};
constexpr Class classes[] = {
    {"alnum", "09AZaz"},   {"alpha", "AZaz"},   {"blank", "  \t\t"}, {"cntrl", "\1\37\177\177"},
    {"digit", "09"},       {"graph", "!~"},     {"lower", "az"},     {"print", " ~"},
    {"punct", "!/:@[`{~"}, {"space", "  \t\r"}, {"upper", "AZ"},     {"xdigit", "09AFaf"},
};

bool add_class(std::string_view name, Expression::Set& set) {
    for (const Class& one : classes) {
        if (name != one.name) continue;
        for (const char* range = one.ranges; *range != '\0'; range += 2)
            for (auto byte = static_cast<unsigned char>(range[0]); byte <= static_cast<unsigned char>(range[1]); ++byte)
                set[byte] = true;
        return true;
    }
    return false;
}

}  // namespace

std::optional<Expression> ExpressionParser::expression() {
    if (!alternatives() || !rest_.empty()) return std::nullopt;
    emit(Kind::found);
    return std::move(made_);
}

bool ExpressionParser::take(char byte) {
    if (!rest_.starts_with(byte)) return false;
    rest_.remove_prefix(1);
    return true;
}

unsigned char ExpressionParser::next() {
    auto byte = static_cast<unsigned char>(rest_.front());
    rest_.remove_prefix(1);
    return byte;
}

void ExpressionParser::insert_split(std::size_t at, std::int32_t to) {
    emit(Kind::split, 0, to);
    for (std::size_t i = size() - 1; i > at; --i) std::swap(made_.steps_[i], made_.steps_[i - 1]);
}

void ExpressionParser::emit_set(const Expression::Set& set) {
    emit(Kind::set, 0, static_cast<std::int32_t>(made_.sets_.size()));
    made_.sets_.push_back(set);
}

bool ExpressionParser::alternatives() {
    if (depth_ > most_depth) return false;
    std::vector<std::size_t> ends;
    do {
        const auto start = size();
        if (!branch()) return false;
        if (!rest_.starts_with('|')) break;
        insert_split(start, static_cast<std::int32_t>(size() - start + 2));
        ends.push_back(size());
        emit(Kind::jump);
    } while (take('|'));
    for (auto end : ends) made_.steps_[end].to = static_cast<std::int32_t>(size() - end);
    return true;
}

bool ExpressionParser::branch() {
    while (!rest_.empty() && rest_.front() != '|' && (depth_ == 0 || rest_.front() != ')'))
        if (!piece() || size() > most_steps) return false;
    return true;
}

bool ExpressionParser::piece() {
    const auto start = size();
    bool may_repeat = true;
    if (!atom(may_repeat)) return false;
    return !may_repeat || repetitions(start);
}

bool ExpressionParser::atom(bool& may_repeat) {
    const auto byte = next();
    switch (byte) {
        case '*':
        case '+':
        case '?':
        case '{':
            return false;
        case '^':
        case '$':
            may_repeat = false;
            emit(byte == '^' ? Kind::begin : Kind::end);
            return true;
        case '.':
            emit_set(of([](unsigned char one) { return one != '\0'; }, true));
            return true;
        case '(':
            return group();
        case '[':
            return bracket();
        case '\\':
            return escape(may_repeat);
        default:
            emit(Kind::byte, byte);
            return true;
    }
}

bool ExpressionParser::group() {
    ++depth_;
    if (!alternatives() || !take(')')) return false;
    --depth_;
    ++groups_;
    return true;
}

bool ExpressionParser::escape(bool& may_repeat) {
    if (rest_.empty()) return false;
    const auto byte = next();
    may_repeat = !std::string_view("<>bB`'").contains(static_cast<char>(byte));
    switch (byte) {
        case 'w':
        case 'W':
            emit_set(of(is_word_byte, byte == 'w'));
            break;
        case 's':
        case 'S':
            emit_set(of(is_space, byte == 's'));
            break;
        case '<':
            emit(Kind::word_begin);
            break;
        case '>':
            emit(Kind::word_end);
            break;
        case 'b':
            emit(Kind::word_edge);
            break;
        case 'B':
            emit(Kind::no_word_edge);
            break;
        case '`':
            emit(Kind::begin);
            break;
        case '\'':
            emit(Kind::end);
            break;
        default:
            if (byte >= '1' && byte <= '9') {
                emit(Kind::never);
                return byte - '0' <= groups_;
            }
            emit(Kind::byte, byte);
            break;
    }
    return true;
}

bool ExpressionParser::repetitions(std::size_t start) {
    while (!rest_.empty()) {
        if (take('*')) {
            if (!repeat(start, 0, -1)) return false;
        } else if (take('+')) {
            if (!repeat(start, 1, -1)) return false;
        } else if (take('?')) {
            if (!repeat(start, 0, 1)) return false;
        } else if (!take('{')) {
            break;
        } else if (!interval(start)) {
            return false;
        }
    }
    return true;
}

bool ExpressionParser::interval(std::size_t start) {
    auto number = [this] {
        int value = -1;
        while (!rest_.empty() && rest_.front() >= '0' && rest_.front() <= '9' && value <= most_repeats)
            value = (value < 0 ? 0 : value * 10) + (next() - '0');
        return value;
    };
    int least = number();
    int most = least;
    if (take(',')) {
        if (least < 0) least = 0;
        most = number();
    } else if (least < 0) {
        return false;
    }
    if (!take('}') || (most >= 0 && most < least) || least > most_repeats || most > most_repeats) return false;
    return repeat(start, least, most);
}

/// What was made since `start`, so many times; `most` -1: without a limit.
bool ExpressionParser::repeat(std::size_t start, int least, int most) {
    auto& steps = made_.steps_;
    const std::vector<Expression::Step> one(steps.begin() + static_cast<std::ptrdiff_t>(start), steps.end());
    const auto length = static_cast<std::int32_t>(one.size());
    const auto times = static_cast<std::size_t>(most < 0 ? least + 1 : most);
    if (one.size() * times > most_steps) return false;
    const auto add_one = [&] {
        for (const auto& step : one) steps.push_back(step);
    };
    while (steps.size() > start) steps.pop_back();
    for (int i = 0; i < least; ++i) add_one();
    if (most < 0) {
        emit(Kind::split, 0, length + 2);
        add_one();
        emit(Kind::jump, 0, -length - 1);
    }
    for (int i = least; i < most; ++i) {
        emit(Kind::split, 0, length + 1);
        add_one();
    }
    return true;
}

bool ExpressionParser::is_at_hyphen() const { return rest_.starts_with('-') && !rest_.starts_with("---"); }

/// What stands between brackets.
bool ExpressionParser::bracket() {
    Expression::Set set{};
    const bool others = take('^');
    bool first = true;
    do {
        unsigned char from = 0;
        bool is_class = false;
        if (!element(from, is_class, first, set) || rest_.empty()) return false;
        first = false;
        if (is_class) continue;
        unsigned char to = from;
        if (is_at_hyphen() && rest_.size() > 1 && rest_[1] != ']') {
            rest_.remove_prefix(1);
            if (!element(to, is_class, true, set) || is_class || to < from) return false;
        }
        for (unsigned byte = from; byte <= to; ++byte) set[byte] = true;
    } while (!take(']'));
    if (others)
        for (auto& is_in : set) is_in = !is_in;
    emit_set(set);
    return true;
}

/// One byte of it, or a class.
bool ExpressionParser::element(unsigned char& byte, bool& is_class, bool hyphen_is_fine, Expression::Set& set) {
    if (rest_.empty()) return false;
    if (rest_.size() > 1 && rest_[0] == '[' && std::string_view(".:=").contains(rest_[1])) {
        const char kind = rest_[1];
        rest_.remove_prefix(2);
        return symbol(kind, byte, is_class, set);
    }
    if (is_at_hyphen() && !hyphen_is_fine && !rest_.substr(1).starts_with(']')) return false;
    if (rest_.starts_with("---")) rest_.remove_prefix(2);
    byte = next();
    return true;
}

/// [:alpha:], [.a.], [=a=], behind their first two bytes.
bool ExpressionParser::symbol(char kind, unsigned char& byte, bool& is_class, Expression::Set& set) {
    const char close[] = {kind, ']'};
    auto end = rest_.find(std::string_view(close, 2));
    if (end == std::string_view::npos) return false;
    auto name = rest_.substr(0, end);
    rest_.remove_prefix(end + 2);
    if (kind == ':') {
        is_class = true;
        return add_class(name, set);
    }
    if (name.size() != 1) return false;
    byte = static_cast<unsigned char>(name.front());
    if (kind == '=') {
        is_class = true;
        set[byte] = true;
    }
    return true;
}

}  // namespace rdm
