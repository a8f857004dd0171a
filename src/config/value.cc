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
constexpr std::string_view protocols =
    "undef ccw cciss scsi:fcp scsi:spi scsi:ssa scsi:sbp scsi:srp scsi:iscsi scsi:sas scsi:adt scsi:ata scsi:usb "
    "scsi:unspec nvme:pcie nvme:rdma nvme:fc nvme:tcp nvme:loop nvme:apple-nvme nvme:unspec";

ConfigValue set(std::string text) { return {.effect = Effect::set, .text = std::move(text)}; }

ConfigValue wrong(std::string_view expected, std::string_view text, Effect effect = Effect::keep) {
    return {.effect = effect, .problem = cat(expected, " was expected, not \"", safe(text), "\"")};
}

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

/// A number of a rule, as strtol() and a cap make it.
ConfigValue number_value(const Rule& rule, int most, std::string_view text) {
    auto number = scan(text);
    if (!number.found || !number.rest.empty()) return wrong(one_of(rule.words, true), text);
    auto size = static_cast<std::int64_t>(std::min<std::uint64_t>(number.magnitude, std::uint64_t{1} << 40));
    auto asked = number.negative ? -size : size;
    auto given = std::clamp<std::int64_t>(asked, rule.least, most);
    ConfigValue value;
    if (given == 0 && !rule.keeps_zero)
        value.effect = Effect::unset;
    else
        value = set(cat(given));
    if (given != asked)
        value.problem =
            cat("a number from ", rule.least, " to ", most, " was expected, not ", safe(text), "; ", given, " is used");
    return value;
}

ConfigValue loss_value(const Rule& rule, std::string_view text) {
    auto number = scan(text);
    if (!number.found) return wrong(one_of(rule.words, true), text);
    if (number.word() == 0) return {.effect = Effect::unset};
    return set(number.word() == ~0U ? std::string(rule.words) : cat(number.word()));
}

/// The limit of this machine, else what multipath-tools takes for a safe one.
int most_descriptors(const Files& files) {
    auto text = files.read("/proc/sys/fs/nr_open");
    return text ? number<int>(trim(*text)).value_or(4096) : 4096;
}

ConfigValue descriptors_value(const Rule& rule, std::string_view text, const Files& files) {
    auto most = most_descriptors(files);
    auto value = number_value(rule, most, text);
    if (value.text == cat(most)) value.text = rule.words;
    return value;
}

ConfigValue rule_value(ValueKind kind, std::string_view text, const Files& files) {
    const Rule& rule = rules[static_cast<std::size_t>(kind)];
    if (is_in(rule.words, text)) return text == "undef" ? ConfigValue{.effect = Effect::unset} : set(std::string(text));
    if (rule.zero[0] != '\0' && (text == "0" || (rule.one[0] != '\0' && text == "no"))) return set(rule.zero);
    if (rule.one[0] != '\0' && (text == "1" || text == "yes")) return set(rule.one);
    if (rule.least > rule.most) return wrong(one_of(rule.words, false), text);
    if (kind == ValueKind::loss) return loss_value(rule, text);
    if (kind == ValueKind::descriptors) return descriptors_value(rule, text, files);
    return number_value(rule, rule.most, text);
}

ConfigValue seconds_value(std::string_view text) {
    auto number = scan(text);
    if (!number.found || number.signed_ || !number.rest.empty() || number.magnitude > ~0U)
        return wrong("a whole number", text);
    return set(cat(number.magnitude));
}

/// `at`: which word counts those behind it, from 0.
ConfigValue arguments_value(std::string_view text, std::size_t at) {
    constexpr std::string_view blanks = " \f\r\t\v";
    std::size_t words = 0;
    std::optional<Scanned> count;
    for (auto begin = text.find_first_not_of(blanks); begin != std::string_view::npos; ++words) {
        auto word = text.substr(begin, text.find_first_of(blanks, begin) - begin);
        if (words == at) count = scan(word);
        begin = text.find_first_not_of(blanks, begin + word.size());
    }
    const bool is_count = count && count->found && count->rest.empty() && (!count->negative || count->magnitude == 0);
    if (is_count && count->magnitude == words - at - 1) return set(std::string(text));
    return wrong(at == 0 ? "a count and so many words" : "a name, a count and so many words", text);
}

ConfigValue policy_value(Generation generation, std::string_view text) {
    auto known = policies;
    if (generation == Generation::v0_9) known = known.substr(0, known.rfind(' '));
    for (auto policy : words(known))
        if (text.starts_with(policy)) return set(std::string(policy));
    return wrong(one_of(known, false), text);
}

ConfigValue mode_value(std::string_view text) {
    auto mode = scan(text, 8);
    if (!mode.found || mode.word() > 0777) return wrong("an octal number up to 0777", text);
    std::string octal;
    for (auto left = mode.word(); left != 0 || octal.empty(); left >>= 3)
        octal.insert(octal.begin(), static_cast<char>('0' + (left & 7)));
    return set("0" + octal);
}

/// Groups too are looked up among the users: so does multipath-tools.
ConfigValue user_value(std::string_view text, const Files& files) {
    const auto users = files.read("/etc/passwd").value_or("");
    for (auto line : lines(users)) {
        auto first = line.find(':');
        auto second = line.find(':', std::min(first, line.size()) + 1);
        if (second == std::string_view::npos || line.substr(0, first) != text || text.empty()) continue;
        return set(cat(scan(line.substr(second + 1)).word()));
    }
    auto number = scan(text);
    return number.found ? set(cat(number.word())) : wrong("a user or a number", text);
}

ConfigValue key_value(std::string_view text) {
    if (text == "file") return set("file");
    auto key = text.substr(0, text.find(':'));
    auto digits = key;
    if (digits.starts_with('0')) digits.remove_prefix(1);
    if (digits.starts_with('x') || digits.starts_with('X')) digits.remove_prefix(1);
    if (digits.empty() || digits.size() > 16 ||
        digits.find_first_not_of("0123456789abcdefABCDEF") != std::string_view::npos)
        return wrong("\"file\" or up to 16 hexadecimal digits", text, Effect::fatal);
    std::string value = "0x";
    digits.remove_prefix(std::min(digits.find_first_not_of('0'), digits.size() - 1));
    for (char digit : digits) value += static_cast<char>(digit | 0x20);  // digits have that bit
    if (text.substr(key.size()) == ":aptpl") value += ":aptpl";
    return set(std::move(value));
}

ConfigValue attributes_value(std::string_view text) {
    ConfigValue value;
    for (auto record : words(text)) {
        if (record.contains(':'))
            value.text += cat(value.text.empty() ? "" : " ", record);
        else
            value.problem =
                cat("a device name and an attribute (sd:ID_SERIAL) were expected, not \"", safe(record), "\"; ignored");
    }
    value.effect = value.text.empty() ? Effect::unset : Effect::set;
    return value;
}

}  // namespace

ConfigValue read_value(Generation generation, ValueKind kind, std::string_view text, const Files& files) {
    switch (kind) {
        case ValueKind::seconds:
            return seconds_value(text);
        case ValueKind::text:
            return set(std::string(text));
        case ValueKind::no_slash:
            if (!text.contains('/')) return set(std::string(text));
            return wrong("a name without a slash", text, Effect::crash);
        case ValueKind::absolute_path:
            return text.starts_with('/') ? set(std::string(text)) : wrong("a path that begins with a slash", text);
        case ValueKind::arguments:
        case ValueKind::named_arguments:
            return arguments_value(text, kind == ValueKind::arguments ? 0 : 1);
        case ValueKind::policy:
            return policy_value(generation, text);
        case ValueKind::protocol:
            return is_in(protocols, text) ? set(std::string(text)) : wrong(one_of(protocols, false), text);
        case ValueKind::mode:
            return mode_value(text);
        case ValueKind::user:
            return user_value(text, files);
        case ValueKind::reservation_key:
            return key_value(text);
        case ValueKind::uid_attributes:
            return attributes_value(text);
        case ValueKind::ignored:
            return {};
        default:
            // Debian 12's is built without Fibre Channel notices.
            if (kind == ValueKind::marginal_pathgroups && generation == Generation::v0_9 && text == "fpin")
                return wrong("off, on", text);
            return rule_value(kind, text, files);
    }
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
