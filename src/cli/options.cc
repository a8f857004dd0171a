// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/options.h"

#include <cstdint>

namespace rdm {

namespace {

// Names in place: a pointer to each would be a relocation.
struct VerbName {
    char name[10];
    Verb verb;
};
constexpr VerbName verb_names[] = {
    {"run", Verb::run},           {"assemble", Verb::assemble}, {"wait", Verb::wait},     {"list", Verb::list},
    {"plan", Verb::plan},         {"explain", Verb::explain},   {"claim", Verb::claim},   {"scope", Verb::scope},
    {"flush", Verb::flush},       {"record", Verb::record},     {"verify", Verb::verify}, {"config", Verb::config},
    {"snapshot", Verb::snapshot}, {"help", Verb::help},         {"--help", Verb::help},   {"--version", Verb::version},
};
constexpr std::string_view possible =
    "possible are run, assemble, wait, list, plan, explain, claim, scope, flush, record, verify, config, snapshot, "
    "--version, "
    "--help";

std::optional<Verb> verb_named(std::string_view name) {
    for (auto& row : verb_names)
        if (row.name == name) return row.verb;
    return std::nullopt;
}

std::string quoted(std::string_view word) { return cat('\'', safe(word), '\''); }

/// The words behind the verb, taken from the front.
class Words {
public:
    explicit Words(std::span<const char* const> words) : left_(words) {}
    std::optional<std::string_view> next() {
        if (left_.empty()) return std::nullopt;
        std::string_view word = left_.front();
        left_ = left_.subspan(1);
        return word;
    }

private:
    std::span<const char* const> left_;
};

Result<void> take_timeout(Options& options, std::string_view value) {
    auto seconds = number<std::uint32_t>(value);
    if (!seconds) return fail(EINVAL, "--timeout takes whole seconds, not ", quoted(value));
    options.timeout = std::chrono::seconds(*seconds);
    return {};
}

Result<void> take_like(Options& options, std::string_view value) {
    options.like = generation_named(value);
    if (!options.like) return fail(EINVAL, "--like takes 0.9, 0.11 or 0.14, not ", quoted(value));
    return {};
}

enum class Option : std::uint8_t {
    timeout,
    present,
    json,
    anonymous,
    like,
    config,
    config_directory,
    check,
    hardware,
    generic,
    multipath_tools,
    snapshot
};

/// An option, and the one verb that takes it; `help` stands for those that look.
struct OptionRow {
    Option option;
    Verb verb;
    char name[18];
    char value[15];  ///< empty: it takes none
    char needs[32];  ///< what to say if there is none
};
constexpr OptionRow option_rows[] = {
    {Option::timeout, Verb::wait, "--timeout", "S", "a number of seconds"},
    {Option::present, Verb::wait, "--present", "", ""},
    {Option::json, Verb::list, "--json", "", ""},
    {Option::anonymous, Verb::snapshot, "--anonymous", "", ""},
    {Option::like, Verb::config, "--like", "VERSION", "a version of multipath-tools"},
    {Option::config, Verb::config, "--config", "FILE", "a file"},
    {Option::config_directory, Verb::config, "--config-dir", "DIRECTORY", "a directory"},
    {Option::check, Verb::config, "--check", "", ""},
    {Option::hardware, Verb::config, "--hardware", "VENDOR PRODUCT", "a vendor and a product"},
    {Option::generic, Verb::record, "--generic", "", ""},
    {Option::multipath_tools, Verb::record, "--multipath-tools", "VERSION", "a version"},
    {Option::snapshot, Verb::help, "--snapshot", "FILE", "a file, or - for standard input"},
};

/// `value`: none if it takes none. The vendor's product is the next word.
Result<void> take(Options& options, const OptionRow& row, std::optional<std::string_view> value) {
    if (row.value[0] != '\0' && (!value || (row.option == Option::snapshot && value->empty())))
        return fail(EINVAL, row.name, " needs ", row.needs);
    switch (row.option) {
        case Option::timeout:
            return take_timeout(options, *value);
        case Option::like:
            return take_like(options, *value);
        case Option::present:
            options.present = true;
            break;
        case Option::json:
            options.json = true;
            break;
        case Option::anonymous:
            options.anonymous = true;
            break;
        case Option::check:
            options.check = true;
            break;
        case Option::config:
            options.config_file = *value;
            break;
        case Option::config_directory:
            options.config_directory = *value;
            break;
        case Option::hardware:
            options.vendor = *value;
            break;
        case Option::generic:
            options.generic = true;
            break;
        case Option::multipath_tools:
            options.multipath_tools = *value;
            break;
        case Option::snapshot:
            options.snapshot = *value;
            break;
    }
    return {};
}

bool looks(Verb verb) {
    return verb == Verb::list || verb == Verb::plan || verb == Verb::explain || verb == Verb::claim ||
           verb == Verb::config || verb == Verb::snapshot || verb == Verb::record || verb == Verb::scope ||
           verb == Verb::verify;
}

Result<void> take_option(Options& options, std::string_view word, Words& words) {
    std::string known;
    auto name = word.substr(0, word.find('='));
    bool has_value = name.size() < word.size();
    for (auto& row : option_rows) {
        const bool takes = row.verb == options.verb || (row.verb == Verb::help && looks(options.verb));
        if (!takes) continue;
        const bool wants_value = row.value[0] != '\0';
        if (name == row.name && has_value && wants_value) return take(options, row, word.substr(name.size() + 1));
        if (word == row.name) return take(options, row, wants_value ? words.next() : std::nullopt);
        known += cat(known.empty() ? "" : ", ", row.name, wants_value ? " " : "", row.value);
    }
    return fail(EINVAL, "unknown option ", quoted(word), "; it takes ", known,
                known.empty() ? "--help alone" : " and --help");
}

Result<void> take_wwid(Options& options, std::string_view word) {
    if (word.empty()) return fail(EINVAL, "an empty WWID");
    if (word.starts_with('/'))
        return fail(EINVAL, quoted(word), " is not a WWID; \"rdmpath explain DEVICE\" shows the WWID of a device");
    options.wwids.emplace_back(word);
    return {};
}

Result<void> take_word(Options& options, std::string_view word) {
    switch (options.verb) {
        case Verb::assemble:
        case Verb::wait:
            return take_wwid(options, word);
        case Verb::record:
            if (word.empty()) break;
            options.wwids.emplace_back(word);
            return {};
        case Verb::explain:
        case Verb::claim:
        case Verb::verify:
            if (options.subject) return fail(EINVAL, "one at a time, ", quoted(word), " is too many");
            if (word.empty()) return fail(EINVAL, "an empty device or WWID");
            options.subject = word;
            return {};
        case Verb::help:
            if (options.help_on) break;
            options.help_on = verb_named(word);
            if (!options.help_on) return fail(EINVAL, "no verb ", quoted(word), "; ", possible);
            return {};
        case Verb::run:
        case Verb::list:
        case Verb::plan:
        case Verb::scope:
        case Verb::flush:
        case Verb::snapshot:
        case Verb::version:
        case Verb::outlast:
            break;
        case Verb::config:
            if (!options.vendor || !options.product.empty()) break;
            options.product = word;
            return {};
    }
    return fail(EINVAL, quoted(word), " is too many; it takes no ",
                options.verb == Verb::help ? "second verb" : "words");
}

Result<Options> parse_verb(Verb verb, Words words) {
    Options options{.verb = verb};
    bool options_ended = false;
    while (auto word = words.next()) {
        bool is_option = !options_ended && word->size() > 1 && word->starts_with('-');
        if (is_option && *word == "--") {
            options_ended = true;
        } else if (is_option && *word == "--help") {
            return Options{.verb = Verb::help, .help_on = verb};
        } else if (is_option) {
            TRY(take_option(options, *word, words));
        } else {
            TRY(take_word(options, *word));
        }
    }
    if (verb == Verb::claim && !options.subject) return fail(EINVAL, "needs a device");
    if (options.vendor && options.product.empty()) return fail(EINVAL, "--hardware needs a vendor and a product");
    return options;
}

}  // namespace

Result<Options> parse_options(std::span<const char* const> arguments) {
    if (arguments.empty()) return fail(EINVAL, "no verb; ", possible);
    std::string_view first = arguments.front();
    auto verb = verb_named(first);
    if (!verb) return fail(EINVAL, first.starts_with('-') ? "no option " : "no verb ", quoted(first), "; ", possible);
    return TRY(parse_verb(*verb, Words(arguments.subspan(1))), first);
}

std::string_view text(Verb verb) {
    for (auto& row : verb_names)
        if (row.verb == verb && row.name != std::string_view("help")) return row.name;
    return "";
}

}  // namespace rdm
