// SPDX-License-Identifier: GPL-2.0-or-later
#include "map/table.h"

#include <algorithm>

#include "map/group.h"
#include "map/interleave.h"

namespace rdm {

namespace {

/// The words of a target's text, taken one by one.
class Words {
public:
    explicit Words(std::string_view text) : words_(words(text)) {}

    Result<std::string_view> next(std::string_view what) {
        if (at_ == words_.size()) return fail(EPROTO, "ends before ", what);
        return words_[at_++];
    }
    /// A number of things that each take a word at least, so that no count outgrows the text.
    Result<std::size_t> count(std::string_view what) {
        auto found = TRY(value<std::size_t>(what));
        if (found > words_.size() - at_) return fail(EPROTO, what, ": ", found, " do not fit in the text");
        return found;
    }
    template <class Number>
    Result<Number> value(std::string_view what) {
        auto word = TRY(next(what));
        auto found = number<Number>(word);
        if (!found) return fail(EPROTO, what, ": \"", safe(word), "\" is no number");
        return *found;
    }
    Result<DevNo> device() {
        auto word = TRY(next("a path's device"));
        auto found = devno(word);
        if (!found) return fail(EPROTO, '"', safe(word), "\" is no device number");
        return *found;
    }
    Result<std::vector<std::string>> list(std::size_t length, std::string_view what) {
        std::vector<std::string> taken;
        for (; length > 0; --length) taken.emplace_back(TRY(next(what)));
        return taken;
    }
    Result<std::vector<std::string>> counted(std::string_view what) {
        auto length = TRY(count(what));
        return list(length, what);
    }
    [[nodiscard]] Result<void> done() const {
        if (at_ == words_.size()) return {};
        return fail(EPROTO, words_.size() - at_, " words left over");
    }

private:
    std::vector<std::string_view> words_;
    std::size_t at_ = 0;
};

Result<TableGroup> table_group(Words& in) {
    TableGroup group;
    group.selector = TRY(in.next("a selector"));
    group.selector_args = TRY(in.counted("selector arguments"));
    auto paths = TRY(in.count("paths"));
    auto args = TRY(in.value<std::size_t>("path arguments"));
    for (std::size_t n = 0; n < paths; ++n) {
        auto dev = TRY(in.device(), "path ", n + 1);
        group.paths.push_back({dev, TRY(in.list(args, "a path argument"), "path ", n + 1)});
    }
    return group;
}

Result<GroupState> group_state(Words& in) {
    auto word = TRY(in.next("a group's state"));
    if (word == "A") return GroupState::active;
    if (word == "E") return GroupState::enabled;
    if (word == "D") return GroupState::disabled;
    return fail(EPROTO, "group state \"", safe(word), '"');
}

Result<StatusPath> status_path(Words& in, std::size_t args) {
    StatusPath path;
    path.dev = TRY(in.device());
    auto state = TRY(in.next("a path's state"));
    if (state != "A" && state != "F") return fail(EPROTO, "path state \"", safe(state), '"');
    path.active = state == "A";
    path.failures = TRY(in.value<unsigned>("fail count"));
    TRY(in.list(args, "a path argument"));
    return path;
}

Result<StatusGroup> status_group(Words& in) {
    StatusGroup group;
    group.state = TRY(group_state(in));
    TRY(in.counted("selector arguments"));
    auto paths = TRY(in.count("paths"));
    auto args = TRY(in.value<std::size_t>("path arguments"));
    for (std::size_t n = 0; n < paths; ++n) group.paths.push_back(TRY(status_path(in, args), "path ", n + 1));
    return group;
}

/// The group in use; the kernel prints 0 only when there are no groups.
Result<std::size_t> next_group(Words& in, std::size_t groups) {
    auto next = TRY(in.value<std::size_t>("next group"));
    if (next > groups || (next == 0 && groups > 0)) return fail(EPROTO, "next group ", next, " of ", groups);
    return next;
}

/// Source: decisions.md 9, MINIO.
long long repeat_count(const Map& map, const Path& path) {
    return static_cast<long long>(map.repeat_count) * (map.weighted && path.priority > 0 ? path.priority : 1);
}

}  // namespace

std::string params(const Map& map) {
    // One buffer and no joining per path: a map may have thousands.
    std::string text = cat(map.features, ' ', map.handler, ' ', map.groups.size(), ' ', best_group(map));
    for (const auto& group : map.groups) {
        text += cat(' ', map.selector, ' ', group.members.size(), " 1");
        for (auto member : table_order(map, group.members))
            text += cat(' ', rdm::text(map.paths[member].dev), ' ', repeat_count(map, map.paths[member]));
    }
    return text;
}

Result<MultipathTable> parse_multipath(std::string_view params) {
    Words in(params);
    MultipathTable table;
    table.features = TRY(in.counted("features"));
    table.handler = TRY(in.counted("hardware handler"));
    auto groups = TRY(in.count("groups"));
    table.next_group = TRY(next_group(in, groups));
    for (std::size_t n = 0; n < groups; ++n) table.groups.push_back(TRY(table_group(in), "group ", n + 1));
    TRY(in.done());
    return table;
}

Result<MultipathStatus> parse_status(std::string_view status) {
    Words in(status);
    MultipathStatus found;
    auto features = TRY(in.counted("features"));
    if (features.size() < 2) return fail(EPROTO, "features: ", features.size(), " words, not 2");
    found.queue_io = features[0] != "0";
    auto inits = number<unsigned>(features[1]);
    if (!inits) return fail(EPROTO, "pg_init count \"", safe(features[1]), "\" is no number");
    found.pg_init_count = *inits;
    TRY(in.counted("hardware handler"));
    auto groups = TRY(in.count("groups"));
    found.next_group = TRY(next_group(in, groups));
    for (std::size_t n = 0; n < groups; ++n) found.groups.push_back(TRY(status_group(in), "group ", n + 1));
    TRY(in.done());
    return found;
}

bool has_active_path(std::string_view status) {
    auto found = parse_status(status);
    return found && std::ranges::any_of(found->groups, [](const StatusGroup& group) {
               return std::ranges::any_of(group.paths, &StatusPath::active);
           });
}

}  // namespace rdm
