// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>

#include "base/text.h"
#include "config/hwtable.h"
#include "config/lexer.h"

namespace rdm {

namespace {

/// One a line: the word, and what it stands for.
constexpr std::string_view abbreviations =
    "multibus group multibus\n"
    "serial group group_by_serial\n"
    "by_prio group group_by_prio\n"
    "tpgs by_prio failback immediate\n"
    "alua tpgs prio alua\n"
    "alua+ alua handler alua\n"
    "rdac tpgs prio rdac path_checker rdac handler rdac retry 30 features \"2 pg_init_retries 50\" "
    "product_blacklist \"Universal Xport\"\n";

char last_digit(Generation generation) { return text(generation).back(); }

class Entry {
public:
    Entry(Generation generation, std::uint32_t row)
        : generation_(generation), section_{.source = {.kind = Source::Kind::table, .line = row}, .settings = {}} {}

    void set(Keyword keyword, std::string&& value) { section_.set(keyword, std::move(value), section_.source); }

    void add(const std::vector<std::string_view>& words, std::size_t at) {
        while (at < words.size()) {
            auto word = words[at++];
            if (auto meaning = meaning_of(word); !meaning.empty()) {
                std::vector<std::string_view> meant;
                config_tokens(meaning, meant);
                add(meant, 0);
            } else {
                add(word, config_value(words, at));
            }
        }
    }

    [[nodiscard]] Section section() && { return std::move(section_); }

private:
    /// What an abbreviation stands for, empty for other words.
    static std::string_view meaning_of(std::string_view word) {
        for (auto rest = abbreviations; !rest.empty(); rest.remove_prefix(rest.find('\n') + 1)) {
            auto line = rest.substr(0, rest.find('\n'));
            auto end = line.find(' ');
            if (line.substr(0, end) == word) return line.substr(end + 1);
        }
        return {};
    }

    void add(std::string_view word, std::string&& value) {
        if (word == "handler") {
            if (generation_ == Generation::v0_9) set(Keyword::hardware_handler, "1 " + value);
            return;
        }
        auto keyword = word == "retry"   ? Keyword::no_path_retry
                       : word == "group" ? Keyword::path_grouping_policy
                                         : keyword_named(word).value_or(Keyword::vendor);
        set(keyword, std::move(value));
    }

    Generation generation_;
    Section section_;
};

}  // namespace

std::vector<Section> hardware_table(Generation generation) {
    std::vector<Section> table;
    table.reserve(140);
    const auto rows = hardware_rows();
    ConfigLexer lexer(rows);
    ConfigLine line;
    while (lexer.next(line)) {
        if (!line.tokens.front().contains(last_digit(generation))) continue;
        Entry entry(generation, line.number);
        std::size_t at = 1;
        entry.set(Keyword::vendor, config_value(line.tokens, at));
        entry.set(Keyword::product, config_value(line.tokens, at));
        entry.add(line.tokens, at);
        table.push_back(std::move(entry).section());
    }
    return table;
}

std::string hardware_row_name(std::uint32_t line) {
    const auto rows = hardware_rows();
    std::string_view rest = rows;
    while (line > 1 && !rest.empty()) {
        rest.remove_prefix(std::min(rest.find('\n'), rest.size() - 1) + 1);
        --line;
    }
    std::vector<std::string_view> tokens;
    config_tokens(rest.substr(0, rest.find('\n')), tokens);
    if (tokens.size() < 3) return "";
    std::size_t at = 1;
    auto vendor = config_value(tokens, at);
    return cat(vendor, ' ', config_value(tokens, at));
}

}  // namespace rdm
