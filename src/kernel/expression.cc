// SPDX-License-Identifier: GPL-2.0-or-later
#include "kernel/expression.h"

#include "kernel/expression_parser.h"

namespace rdm {

namespace {

using Kind = Expression::Step::Kind;

/// The states of one place in the text, each once.
class States {
public:
    explicit States(std::size_t steps) : seen_(steps) {}
    void clear() {
        for (auto step : list_) seen_[step] = false;
        list_.clear();
    }
    void add(std::size_t step) {
        if (seen_[step]) return;
        seen_[step] = true;
        list_.push_back(static_cast<std::uint32_t>(step));
    }
    /// May grow while it is walked.
    [[nodiscard]] const std::vector<std::uint32_t>& list() const { return list_; }

private:
    std::vector<char> seen_;
    std::vector<std::uint32_t> list_;
};

}  // namespace

bool is_word_byte(unsigned char byte) {
    return (byte >= '0' && byte <= '9') || ((byte | 0x20) >= 'a' && (byte | 0x20) <= 'z') || byte == '_';
}

std::optional<Expression> Expression::compile(std::string_view pattern) {
    return ExpressionParser(pattern).expression();
}

bool Expression::holds(Kind kind, std::string_view text, std::size_t at) const {
    const bool behind = at > 0 && is_word_byte(static_cast<unsigned char>(text[at - 1]));
    const bool ahead = at < text.size() && is_word_byte(static_cast<unsigned char>(text[at]));
    switch (kind) {
        case Kind::begin:
            return at == 0;
        case Kind::end:
            return at == text.size();
        case Kind::word_begin:
            return !behind && ahead;
        case Kind::word_end:
            return behind && !ahead;
        case Kind::word_edge:
            return behind != ahead;
        case Kind::no_word_edge:
            return behind == ahead;
        default:
            return false;
    }
}

bool Expression::is_in(std::string_view text) const {
    States now(steps_.size());
    States next(steps_.size());
    for (std::size_t at = 0; at <= text.size(); ++at) {
        now.add(0);  // it may begin anywhere
        next.clear();
        for (std::size_t i = 0; i < now.list().size(); ++i) {
            const std::size_t which = now.list()[i];
            const Step& step = steps_[which];
            const auto target = which + static_cast<std::size_t>(step.to);
            const unsigned byte = at < text.size() ? static_cast<unsigned char>(text[at]) : 0;
            switch (step.kind) {
                case Kind::found:
                    return true;
                case Kind::byte:
                    if (at < text.size() && byte == step.byte) next.add(which + 1);
                    break;
                case Kind::set:
                    if (at < text.size() && sets_[static_cast<std::size_t>(step.to)][byte]) next.add(which + 1);
                    break;
                case Kind::split:
                    now.add(which + 1);
                    now.add(target);
                    break;
                case Kind::jump:
                    now.add(target);
                    break;
                default:
                    if (holds(step.kind, text, at)) now.add(which + 1);
                    break;
            }
        }
        std::swap(now, next);
    }
    return false;
}

}  // namespace rdm
