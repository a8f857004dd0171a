// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/options.h"

#include <cstdint>

namespace rdm {

namespace {

struct VerbName {
    std::string_view name;
    Verb verb;
};
constexpr VerbName verb_names[] = {
    {"run", Verb::run},           {"assemble", Verb::assemble}, {"wait", Verb::wait},   {"list", Verb::list},
    {"plan", Verb::plan},         {"explain", Verb::explain},   {"claim", Verb::claim}, {"flush", Verb::flush},
    {"config", Verb::config},     {"snapshot", Verb::snapshot}, {"help", Verb::help},   {"--help", Verb::help},
    {"--version", Verb::version},
};
constexpr std::string_view possible =
    "possible are run, assemble, wait, list, plan, explain, claim, flush, config, snapshot, --version, --help";

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

Result<void> take_timeout(Options& options, std::optional<std::string_view> value) {
    if (!value) return fail(EINVAL, "--timeout needs a number of seconds");
    auto seconds = number<std::uint32_t>(*value);
    if (!seconds) return fail(EINVAL, "--timeout takes whole seconds, not ", quoted(*value));
    options.timeout = std::chrono::seconds(*seconds);
    return {};
}

Result<void> take_snapshot(Options& options, std::optional<std::string_view> value) {
    if (!value || value->empty()) return fail(EINVAL, "--snapshot needs a file, or - for standard input");
    options.snapshot = *value;
    return {};
}

Result<void> take_json(Options& options, std::optional<std::string_view> /*value*/) {
    options.json = true;
    return {};
}

Result<void> take_anonymous(Options& options, std::optional<std::string_view> /*value*/) {
    options.anonymous = true;
    return {};
}

Result<void> take_check(Options& options, std::optional<std::string_view> /*value*/) {
    options.check = true;
    return {};
}

Result<void> take_config(Options& options, std::optional<std::string_view> value) {
    if (!value) return fail(EINVAL, "--config needs a file");
    options.config_file = *value;
    return {};
}

Result<void> take_config_directory(Options& options, std::optional<std::string_view> value) {
    if (!value) return fail(EINVAL, "--config-dir needs a directory");
    options.config_directory = *value;
    return {};
}

Result<void> take_like(Options& options, std::optional<std::string_view> value) {
    if (!value) return fail(EINVAL, "--like needs a version of multipath-tools");
    options.like = generation_named(*value);
    if (!options.like) return fail(EINVAL, "--like takes 0.9, 0.11 or 0.14, not ", quoted(*value));
    return {};
}

/// The vendor; the product is the next word.
Result<void> take_hardware(Options& options, std::optional<std::string_view> value) {
    if (!value) return fail(EINVAL, "--hardware needs a vendor and a product");
    options.vendor = *value;
    return {};
}

/// An option, and the one verb that takes it; `help` stands for those that look.
struct OptionRow {
    std::string_view name;
    std::string_view value;  ///< empty: it takes none
    Verb verb;
    Result<void> (*take)(Options&, std::optional<std::string_view>);
};
constexpr OptionRow option_rows[] = {
    {"--timeout", "S", Verb::wait, take_timeout},
    {"--json", "", Verb::list, take_json},
    {"--anonymous", "", Verb::snapshot, take_anonymous},
    {"--like", "VERSION", Verb::config, take_like},
    {"--config", "FILE", Verb::config, take_config},
    {"--config-dir", "DIRECTORY", Verb::config, take_config_directory},
    {"--check", "", Verb::config, take_check},
    {"--hardware", "VENDOR PRODUCT", Verb::config, take_hardware},
    {"--snapshot", "FILE", Verb::help, take_snapshot},
};

bool looks(Verb verb) {
    return verb == Verb::list || verb == Verb::plan || verb == Verb::explain || verb == Verb::claim ||
           verb == Verb::config || verb == Verb::snapshot;
}

Result<void> take_option(Options& options, std::string_view word, Words& words) {
    std::string known;
    auto name = word.substr(0, word.find('='));
    bool has_value = name.size() < word.size();
    for (auto& row : option_rows) {
        const bool takes = row.verb == options.verb || (row.verb == Verb::help && looks(options.verb));
        if (!takes) continue;
        if (name == row.name && has_value && !row.value.empty()) return row.take(options, word.substr(name.size() + 1));
        if (word == row.name) return row.take(options, row.value.empty() ? std::nullopt : words.next());
        known += cat(known.empty() ? "" : ", ", row.name, row.value.empty() ? "" : " ", row.value);
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
        case Verb::explain:
        case Verb::claim:
            if (options.subject)
                return fail(EINVAL,
                            options.verb == Verb::claim ? "one device at a time, " : "one device or WWID at a time, ",
                            quoted(word), " is too many");
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
        case Verb::flush:
        case Verb::snapshot:
        case Verb::version:
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
    switch (verb) {
        case Verb::run:
            return "run";
        case Verb::assemble:
            return "assemble";
        case Verb::wait:
            return "wait";
        case Verb::list:
            return "list";
        case Verb::plan:
            return "plan";
        case Verb::explain:
            return "explain";
        case Verb::claim:
            return "claim";
        case Verb::flush:
            return "flush";
        case Verb::config:
            return "config";
        case Verb::snapshot:
            return "snapshot";
        case Verb::version:
            return "--version";
        case Verb::help:
            return "--help";
    }
    return "";
}

}  // namespace rdm
