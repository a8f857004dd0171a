// SPDX-License-Identifier: GPL-2.0-or-later
#include "map/table.h"

#include <algorithm>

#include "map/group.h"
#include "map/interleave.h"

namespace rdm {

namespace {

/// The words of a target's text, taken one by one. The first thing that is wrong is remembered, and where it is; what
/// is taken after that is empty, and counts are 0.
class Words {
public:
    explicit Words(std::string_view text) : words_(words(text)) {}

    /// What is taken next belongs to this group and path; 0: to none.
    void enter(std::size_t group, std::size_t path) {
        group_ = group;
        path_ = path;
    }
    void wrong(std::string&& text) {
        if (!sound()) return;
        if (path_ > 0) text = cat("path ", path_, ": ", text);
        error_ = group_ > 0 ? cat("group ", group_, ": ", text) : std::move(text);
    }
    [[nodiscard]] bool sound() const { return error_.empty(); }

    std::string_view next(const char* what) {
        if (at_ == words_.size()) wrong(cat("ends before ", what));
        return sound() ? words_[at_++] : std::string_view();
    }
    std::size_t value(const char* what) {
        auto word = next(what);
        auto found = number<std::size_t>(word);
        if (!found) wrong(cat(what, ": \"", safe(word), "\" is no number"));
        return found.value_or(0);
    }
    /// A number of things that each take a word at least, so that no count outgrows the text.
    std::size_t count(const char* what) {
        auto found = value(what);
        if (found <= words_.size() - at_) return found;
        wrong(cat(what, ": ", found, " do not fit in the text"));
        return 0;
    }
    DevNo device() {
        auto word = next("a path's device");
        auto found = devno(word);
        if (!found) wrong(cat('"', safe(word), "\" is no device number"));
        return found.value_or(DevNo{});
    }
    std::vector<std::string> list(std::size_t length, const char* what) {
        std::vector<std::string> taken;
        for (; length > 0 && sound(); --length) taken.emplace_back(next(what));
        return taken;
    }
    std::vector<std::string> counted(const char* what) { return list(count(what), what); }

    /// What was read, if that is all and nothing was wrong.
    template <class Value>
    Result<Value> finish(Value value) {
        if (at_ != words_.size()) wrong(cat(words_.size() - at_, " words left over"));
        if (!sound()) return fail(EPROTO, error_);
        return value;
    }

private:
    std::vector<std::string_view> words_;
    std::size_t at_ = 0;
    std::size_t group_ = 0;
    std::size_t path_ = 0;
    std::string error_;
};

enum class Kind { table, status };

GroupState group_state(Words& in) {
    auto word = in.next("a group's state");
    auto state = std::string_view("AED").find(word);
    if (word.size() == 1 && state != std::string_view::npos) return static_cast<GroupState>(state);
    in.wrong(cat("group state \"", safe(word), '"'));
    return GroupState::enabled;
}

void read_path_state(Words& in, TablePath& path) {
    auto state = in.next("a path's state");
    path.active = state == "A";
    if (!path.active && state != "F") in.wrong(cat("path state \"", safe(state), '"'));
    path.failures = in.value("fail count");
}

void read_group(Words& in, Kind kind, std::size_t number, TableGroup& group) {
    in.enter(number, 0);
    if (kind == Kind::status)
        group.state = group_state(in);
    else
        group.selector = in.next("a selector");
    group.selector_args = in.counted("selector arguments");
    auto paths = in.count("paths");
    auto args = in.value("path arguments");
    for (std::size_t n = 1; n <= paths && in.sound(); ++n) {
        in.enter(number, n);
        auto& path = group.paths.emplace_back();
        path.dev = in.device();
        if (kind == Kind::status) read_path_state(in, path);
        path.args = in.list(args, "a path argument");
    }
}

/// All groups; returns the one in use, for which the kernel prints 0 only when there are no groups.
std::size_t read_groups(Words& in, Kind kind, std::vector<TableGroup>& groups) {
    auto count = in.count("groups");
    auto next = in.value("next group");
    if (next > count || (next == 0 && count > 0)) in.wrong(cat("next group ", next, " of ", count));
    for (std::size_t n = 1; n <= count && in.sound(); ++n) read_group(in, kind, n, groups.emplace_back());
    in.enter(0, 0);
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
    table.features = in.counted("features");
    table.handler = in.counted("hardware handler");
    table.next_group = read_groups(in, Kind::table, table.groups);
    return in.finish(std::move(table));
}

Result<MultipathStatus> parse_status(std::string_view status) {
    Words in(status);
    MultipathStatus found;
    auto features = in.counted("features");
    if (features.size() < 2) {
        in.wrong(cat("features: ", features.size(), " words, not 2"));
        features.resize(2);
    }
    found.queue_io = features[0] != "0";
    auto inits = number<std::size_t>(features[1]);
    if (!inits) in.wrong(cat("pg_init count \"", safe(features[1]), "\" is no number"));
    found.pg_init_count = inits.value_or(0);
    in.counted("hardware handler");
    found.next_group = read_groups(in, Kind::status, found.groups);
    return in.finish(std::move(found));
}

bool has_word(const std::vector<std::string>& words, std::string_view word) {
    for (const auto& one : words)
        if (one == word) return true;
    return false;
}

bool has_active_path(std::string_view status) {
    auto found = parse_status(status);
    if (!found) return false;
    for (const auto& group : found->groups)
        for (const auto& path : group.paths)
            if (path.active) return true;
    return false;
}

}  // namespace rdm
