// SPDX-License-Identifier: GPL-2.0-or-later
#include "config/value.h"

#include <algorithm>

#include "base/text.h"
#include "config/scan.h"

namespace rdm {

namespace {

using Effect = ConfigValue::Effect;

constexpr int largest = 0x7fffffff;
constexpr int smallest = -largest - 1;

/// A kind of words and numbers. Without pointers, which would be twice as large in a program that can be anywhere.
struct Rule {
    char words[31];           ///< those that stand for themselves
    char zero[7] = "";        ///< what "0" is, other than a number
    char one[7] = "";         ///< what "1" is; where this is set, "yes" and "no" are 1 and 0
    int least = 1;            ///< numbers from here …
    int most = 0;             ///< … to here
    bool keeps_zero = false;  ///< 0 is a value
};

/// In the order of ValueKind.
constexpr Rule rules[] = {
    {"yes no", "no", "yes"},
    {"off on greedy smart strict", "off", "on"},
    {"off on fpin", "off", "on"},
    {"uniform priorities"},
    {"once always"},
    {"never grow_only grow_shrink"},
    {"never always unused", "unused", "always"},
    {"hp3par undef"},
    {"fail queue", "fail", "", 1, largest},
    {"manual immediate followover", "", "", 0, largest},
    {"no", "no", "", 1, largest},
    {"off", "0", "", 1, largest},
    {"off", "0", "", 1, 5},
    {"infinity", "", "", 0, largest},
    {"max", "", "", 0, largest, true},
    {"", "", "", 0, largest},
    {"", "", "", 0, largest, true},
    {"", "", "", 0, 4, true},
    {"", "", "", 4000, largest},
    {"", "", "", smallest, largest},
};
static_assert(std::size(rules) == static_cast<std::size_t>(ValueKind::seconds));

constexpr std::string_view policies = "failover multibus group_by_serial group_by_prio group_by_node_name group_by_tpg";

std::string one_of(std::string_view words, bool or_number) {
    std::string list;
    for (auto word : rdm::words(words)) list += cat(list.empty() ? "" : ", ", word);
    if (or_number) list += list.empty() ? "a whole number" : " or a whole number";
    return list;
}

bool is_in(std::string_view words, std::string_view text) {
    auto known = rdm::words(words);
    return std::ranges::find(known, text) != known.end();
}

/// A text on its way to a value.
struct Reading {
    Generation generation;
    const Files& files;
    std::string_view text;
    ConfigValue value{};

    void set(std::string_view to) {
        value.effect = Effect::set;
        value.text = to;
    }
    void set(std::uint64_t number) { set(cat(number)); }
    void wrong(std::string_view expected, Effect effect = Effect::keep) {
        value.effect = effect;
        value.problem = cat(expected, " was expected, not \"", safe(text), "\"");
    }

    void number(const Rule& rule, int most);
    void loss(const Rule& rule);
    void descriptors(const Rule& rule);
    void by_rule(ValueKind kind);
    void seconds();
    void arguments(std::size_t at);
    void policy();
    void mode();
    void user();
    void key();
    void attributes();
    void read(ValueKind kind);
};

/// A number of a rule, as strtol() and a cap make it.
void Reading::number(const Rule& rule, int most) {
    auto number = scan(text);
    if (!number.found || !number.rest.empty()) return wrong(one_of(rule.words, true));
    auto size = static_cast<std::int64_t>(std::min<std::uint64_t>(number.magnitude, std::uint64_t{1} << 40));
    auto asked = number.negative ? -size : size;
    auto given = std::clamp<std::int64_t>(asked, rule.least, most);
    set(cat(given));
    if (given == 0 && !rule.keeps_zero) value = {.effect = Effect::unset};
    if (given != asked)
        value.problem =
            cat("a number from ", rule.least, " to ", most, " was expected, not ", safe(text), "; ", given, " is used");
}

void Reading::loss(const Rule& rule) {
    auto number = scan(text);
    if (!number.found) return wrong(one_of(rule.words, true));
    set(number.word());
    if (number.word() == 0) value = {.effect = Effect::unset};
    if (number.word() == ~0U) set(rule.words);
}

/// The limit is this machine's, else what multipath-tools takes for a safe one.
void Reading::descriptors(const Rule& rule) {
    auto limit = files.read("/proc/sys/fs/nr_open");
    auto most = limit ? rdm::number<int>(trim(*limit)).value_or(4096) : 4096;
    number(rule, most);
    if (value.text == cat(most)) value.text = rule.words;
}

void Reading::by_rule(ValueKind kind) {
    const Rule& rule = rules[static_cast<std::size_t>(kind)];
    if (is_in(rule.words, text)) {
        if (text != "undef") return set(text);
        value.effect = Effect::unset;
        return;
    }
    if (rule.zero[0] != '\0' && (text == "0" || (rule.one[0] != '\0' && text == "no"))) return set(rule.zero);
    if (rule.one[0] != '\0' && (text == "1" || text == "yes")) return set(rule.one);
    if (rule.least > rule.most) return wrong(one_of(rule.words, false));
    if (kind == ValueKind::loss) return loss(rule);
    if (kind == ValueKind::descriptors) return descriptors(rule);
    number(rule, rule.most);
}

void Reading::seconds() {
    auto number = scan(text);
    if (!number.found || number.signed_ || !number.rest.empty() || number.magnitude > ~0U)
        return wrong("a whole number");
    set(number.magnitude);
}

/// `at`: which word counts those behind it, from 0.
void Reading::arguments(std::size_t at) {
    constexpr std::string_view blanks = " \f\r\t\v";
    std::size_t words = 0;
    Scanned count{};
    for (auto begin = text.find_first_not_of(blanks); begin != std::string_view::npos; ++words) {
        auto word = text.substr(begin, text.find_first_of(blanks, begin) - begin);
        if (words == at) count = scan(word);
        begin = text.find_first_not_of(blanks, begin + word.size());
    }
    const bool is_count = count.found && count.rest.empty() && (!count.negative || count.magnitude == 0);
    if (is_count && count.magnitude == words - at - 1) return set(text);
    wrong(at == 0 ? "a count and so many words" : "a name, a count and so many words");
}

void Reading::policy() {
    auto known = policies;
    if (generation == Generation::v0_9) known = known.substr(0, known.rfind(' '));
    for (auto policy : words(known))
        if (text.starts_with(policy)) return set(policy);
    wrong(one_of(known, false));
}

void Reading::mode() {
    auto mode = scan(text, 8);
    if (!mode.found || mode.word() > 0777) return wrong("an octal number up to 0777");
    std::string octal;
    for (auto left = mode.word(); left != 0 || octal.empty(); left >>= 3)
        octal = cat(static_cast<char>('0' + (left & 7)), octal);
    set(cat('0', octal));
}

/// Groups too are looked up among the users: so does multipath-tools.
void Reading::user() {
    const auto users = files.text("/etc/passwd");
    for (auto line : lines(users)) {
        auto first = line.find(':');
        auto second = line.find(':', std::min(first, line.size()) + 1);
        if (second == std::string_view::npos || line.substr(0, first) != text || text.empty()) continue;
        return set(scan(line.substr(second + 1)).word());
    }
    auto number = scan(text);
    if (!number.found) return wrong("a user or a number");
    set(number.word());
}

void Reading::key() {
    if (text == "file") return set(text);
    auto key = text.substr(0, text.find(':'));
    auto digits = key;
    if (digits.starts_with('0')) digits.remove_prefix(1);
    if (digits.starts_with('x') || digits.starts_with('X')) digits.remove_prefix(1);
    if (digits.empty() || digits.size() > 16 ||
        digits.find_first_not_of("0123456789abcdefABCDEF") != std::string_view::npos)
        return wrong("\"file\" or up to 16 hexadecimal digits", Effect::fatal);
    digits.remove_prefix(std::min(digits.find_first_not_of('0'), digits.size() - 1));
    set("0x");
    for (char digit : digits) value.text += static_cast<char>(digit | 0x20);  // digits have that bit
    if (text.substr(key.size()) == ":aptpl") value.text += ":aptpl";
}

void Reading::attributes() {
    for (auto record : words(text)) {
        if (record.contains(':'))
            value.text += cat(value.text.empty() ? "" : " ", record);
        else
            value.problem =
                cat("a device name and an attribute (sd:ID_SERIAL) were expected, not \"", safe(record), "\"; ignored");
    }
    value.effect = value.text.empty() ? Effect::unset : Effect::set;
}

void Reading::read(ValueKind kind) {
    switch (kind) {
        case ValueKind::seconds:
            return seconds();
        case ValueKind::text:
            return set(text);
        case ValueKind::no_slash:
            return text.contains('/') ? wrong("a name without a slash", Effect::crash) : set(text);
        case ValueKind::absolute_path:
            return text.starts_with('/') ? set(text) : wrong("a path that begins with a slash");
        case ValueKind::arguments:
        case ValueKind::named_arguments:
            return arguments(kind == ValueKind::arguments ? 0 : 1);
        case ValueKind::policy:
            return policy();
        case ValueKind::protocol:
            return is_in(protocols, text) ? set(text) : wrong(one_of(protocols, false));
        case ValueKind::mode:
            return mode();
        case ValueKind::user:
            return user();
        case ValueKind::reservation_key:
            return key();
        case ValueKind::uid_attributes:
            return attributes();
        case ValueKind::ignored:
            return;
        default:
            // Debian 12's is built without Fibre Channel notices.
            if (kind == ValueKind::marginal_pathgroups && generation == Generation::v0_9 && text == "fpin")
                return wrong("off, on");
            by_rule(kind);
    }
}

}  // namespace

ConfigValue read_value(Generation generation, ValueKind kind, std::string_view text, const Files& files) {
    Reading reading{generation, files, text};
    reading.read(kind);
    return std::move(reading.value);
}

std::string written(ValueKind kind, std::string_view text) {
    const bool has_numbers = kind < ValueKind::text || (kind >= ValueKind::mode && kind <= ValueKind::reservation_key);
    const bool is_number = has_numbers && (text.starts_with('-') || scan(text).found);
    const bool is_bare = is_number || kind == ValueKind::off_zero_number || kind == ValueKind::off_zero_five;
    std::string value(is_bare ? "" : "\"");
    for (char each : text) {
        value += each;
        if (each == '"') value += each;
    }
    return is_bare ? value : value + '"';
}

}  // namespace rdm
