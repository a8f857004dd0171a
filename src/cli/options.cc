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
    {"run", Verb::run},   {"assemble", Verb::assemble}, {"wait", Verb::wait},         {"list", Verb::list},
    {"plan", Verb::plan}, {"explain", Verb::explain},   {"flush", Verb::flush},       {"config", Verb::config},
    {"help", Verb::help}, {"--help", Verb::help},       {"--version", Verb::version},
};
constexpr std::string_view possible =
    "possible are run, assemble, wait, list, plan, explain, flush, config, --version, --help";

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

Result<std::string_view> next_of(Words& words, std::string_view option, std::string_view what) {
    auto word = words.next();
    if (!word) return fail(EINVAL, option, " needs ", what);
    return *word;
}

Result<void> take_config_option(Options& options, std::string_view word, Words& words) {
    if (word == "--check") {
        options.check = true;
    } else if (word == "--config") {
        options.config_file = TRY(next_of(words, word, "a file"));
    } else if (word == "--config-dir") {
        options.config_directory = TRY(next_of(words, word, "a directory"));
    } else if (word == "--hardware") {
        options.vendor = TRY(next_of(words, word, "a vendor and a product"));
        options.product = TRY(next_of(words, word, "a vendor and a product"));
    } else if (word == "--like") {
        auto version = TRY(next_of(words, word, "a version of multipath-tools"));
        options.like = generation_named(version);
        if (!options.like) return fail(EINVAL, "--like takes 0.9, 0.11 or 0.14, not ", quoted(version));
    } else {
        return fail(EINVAL, "unknown option ", quoted(word),
                    "; it takes --like VERSION, --config FILE, --config-dir DIRECTORY, --check, --hardware VENDOR "
                    "PRODUCT and --help");
    }
    return {};
}

Result<void> take_option(Options& options, std::string_view word, Words& words) {
    constexpr std::string_view timeout = "--timeout";
    if (options.verb == Verb::wait && word == timeout) return take_timeout(options, words.next());
    if (options.verb == Verb::wait && word.starts_with("--timeout="))
        return take_timeout(options, word.substr(timeout.size() + 1));
    if (options.verb == Verb::list && word == "--json") {
        options.json = true;
        return {};
    }
    if (options.verb == Verb::config) return take_config_option(options, word, words);
    std::string_view known = options.verb == Verb::wait   ? "--timeout S and --help"
                             : options.verb == Verb::list ? "--json and --help"
                                                          : "--help alone";
    return fail(EINVAL, "unknown option ", quoted(word), "; it takes ", known);
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
            if (options.subject) return fail(EINVAL, "one device or WWID at a time, ", quoted(word), " is too many");
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
        case Verb::config:
        case Verb::version:
            break;
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
        case Verb::flush:
            return "flush";
        case Verb::config:
            return "config";
        case Verb::version:
            return "--version";
        case Verb::help:
            return "--help";
    }
    return "";
}

}  // namespace rdm
