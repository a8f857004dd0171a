// SPDX-License-Identifier: GPL-2.0-or-later
#include "map/apply.h"

#include <optional>

namespace rdm {

namespace {

std::string_view verb(DmAction::Kind kind) {
    switch (kind) {
        case DmAction::Kind::create:
            return "create";
        case DmAction::Kind::reload:
            return "reload";
        case DmAction::Kind::message:
            return "message";
        case DmAction::Kind::remove:
            return "remove";
    }
    return "";
}

constexpr std::string_view on_time = "udev on time\n";
constexpr std::string_view late = "udev late\n";
constexpr std::string_view done = "done\n";
constexpr std::string_view error = "error ";

bool skip(std::string_view& text, std::string_view prefix) {
    if (!text.starts_with(prefix)) return false;
    text.remove_prefix(prefix.size());
    return true;
}

/// The number in front of `end`, both taken off.
template <class Number>
std::optional<Number> take_number(std::string_view& text, char end) {
    auto at = text.find(end);
    if (at == std::string_view::npos) return std::nullopt;
    auto value = number<Number>(text.substr(0, at));
    text.remove_prefix(at + 1);
    return value;
}

/// "error 16 6\nin use\n": errno, length of the text, the text as it is.
Result<Error> take_error(std::string_view& text) {
    auto code = take_number<int>(text, ' ');
    auto length = take_number<std::size_t>(text, '\n');
    if (!code || !length) return fail(EPROTO, "an error without its numbers");
    if (text.size() <= *length) return fail(EPROTO, "cut short");
    if (text[*length] != '\n') return fail(EPROTO, "an error longer than it says");
    Error found{*code, std::string(text.substr(0, *length))};
    text.remove_prefix(*length + 1);
    return found;
}

}  // namespace

std::string describe(const DmAction& action) {
    auto text = cat(verb(action.kind), ' ', safe(action.name));
    if (action.kind == DmAction::Kind::message) text += cat(' ', safe(action.message));
    return text;
}

Applied apply(std::span<const DmAction> actions, DeviceMapper& dm, Milliseconds bound) {
    Applied applied{dm.apply(actions, bound), {}};
    const auto& results = applied.outcome.results;
    for (std::size_t n = 0; n < actions.size(); ++n) {
        auto text = n >= results.size() ? "not tried" : results[n] ? "done" : escape(results[n].error().what());
        applied.lines.push_back(cat(describe(actions[n]), ": ", text));
    }
    return applied;
}

std::string encode(const DeviceMapper::Outcome& outcome) {
    std::string text = cat(outcome.results.size(), '\n', outcome.udev_late ? late : on_time);
    for (const auto& result : outcome.results) {
        if (result)
            text += done;
        else
            text +=
                cat(error, result.error().code(), ' ', result.error().what().size(), '\n', result.error().what(), '\n');
    }
    return text;
}

Result<DeviceMapper::Outcome> decode_outcome(std::string_view text) {
    DeviceMapper::Outcome outcome;
    auto count = take_number<std::size_t>(text, '\n');
    if (!count) return fail(EPROTO, "no number of results");
    outcome.udev_late = skip(text, late);
    if (!outcome.udev_late && !skip(text, on_time)) return fail(EPROTO, "nothing said of udev");
    while (!text.empty()) {
        if (outcome.results.size() == *count) return fail(EPROTO, "more than ", *count, " results");
        if (skip(text, done))
            outcome.results.emplace_back();
        else if (skip(text, error))
            outcome.results.emplace_back(std::unexpected(TRY(take_error(text), "result ", outcome.results.size() + 1)));
        else
            return fail(EPROTO, "result ", outcome.results.size() + 1, ": neither done nor an error");
    }
    if (outcome.results.size() != *count) return fail(EPROTO, outcome.results.size(), " of ", *count, " results");
    return outcome;
}

}  // namespace rdm
