// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace rdm {

/// A POSIX extended regular expression as glibc's regcomp(REG_EXTENDED | REG_NOSUB) understands it in the C locale,
/// with GNU's \w \W \s \S \b \B \< \> \` \'. Ours, because musl's is a tenth of the program and has other ideas of what
/// is an error and of \< and \w.
///
/// It only says whether something is found, so no state is ever visited twice at one place: the time is the length of
/// the text times that of the expression, whatever it is. Without: back references (\1), which compile and are found
/// nowhere.
class Expression {
public:
    /// nullopt: not an expression, as glibc sees it, or one of more than 65,536 steps.
    [[nodiscard]] static std::optional<Expression> compile(std::string_view pattern);
    [[nodiscard]] bool is_in(std::string_view text) const;

    /// One step of the program; jumps are relative to it.
    struct Step {
        enum class Kind : std::uint8_t {
            byte,
            set,
            split,  ///< goes on behind it and at `to`
            jump,
            begin,
            end,
            word_begin,
            word_end,
            word_edge,
            no_word_edge,
            never,
            found,
        };
        Kind kind;
        std::uint8_t byte = 0;
        std::int32_t to = 0;  ///< set: its index
    };
    using Set = std::array<bool, 256>;

private:
    [[nodiscard]] bool holds(Step::Kind kind, std::string_view text, std::size_t at) const;

    std::vector<Step> steps_;
    std::vector<Set> sets_;
    friend class ExpressionParser;
};

}  // namespace rdm
