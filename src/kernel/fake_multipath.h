// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <algorithm>
#include <string>
#include <vector>

#include "base/devno.h"
#include "base/result.h"

namespace rdm {

/// The words of a table or status line, one by one; an empty word once they are over.
class FakeWords {
public:
    explicit FakeWords(std::string_view text) : words_(words(text)) {}
    std::string_view next() { return at_ < words_.size() ? words_[at_++] : std::string_view(); }
    /// A number that leaves at least as many words; 0 otherwise, and good() is false.
    std::size_t count() {
        auto value = number<std::size_t>(next());
        good_ = good_ && value && *value <= words_.size() - at_;
        return good_ ? *value : 0;
    }
    [[nodiscard]] bool good() const { return good_; }
    [[nodiscard]] bool over() const { return at_ == words_.size(); }

private:
    std::vector<std::string_view> words_;
    std::size_t at_ = 0;
    bool good_ = true;
};

/// The kernel's multipath target: its arguments, its state, and both as the kernel prints them.
/// Source: drivers/md/dm-mpath.c multipath_ctr(), multipath_status(), multipath_message(), Linux 6.1.
struct FakeMultipath {
    struct Path {
        DevNo dev;
        bool failed = false;
        unsigned failures = 0;
        std::vector<std::string> arguments;
    };
    struct Group {
        std::string selector;
        bool disabled = false;
        std::vector<Path> paths;
    };
    bool queue = false;
    bool retain_handler = false;
    std::vector<std::string> pairs;  ///< features with a value: "pg_init_retries 50"
    std::string handler;
    std::vector<Group> groups;
    std::size_t next = 1;     ///< counted from 1; 0 without groups
    std::size_t current = 0;  ///< 0: no I/O yet

    static Result<FakeMultipath> parse(std::string_view params) {
        FakeMultipath target;
        FakeWords in(params);
        TRY(target.parse_features(in));
        if (auto left = in.count(); left > 0) target.handler = in.next();
        auto groups = in.count();
        target.next = in.count();
        if (!in.good() || target.next > groups || (groups > 0 && target.next == 0))
            return fail(EINVAL, "multipath: wrong number of groups");
        for (std::size_t n = 0; n < groups; ++n) target.groups.push_back(TRY(parse_group(in)));
        if (!in.over()) return fail(EINVAL, "multipath: words left over");
        return target;
    }

    [[nodiscard]] std::string table() const {
        std::string features;
        std::size_t count = 0;
        auto add = [&](std::string_view feature) {
            features += cat(' ', feature);
            count += words(feature).size();
        };
        if (queue) add("queue_if_no_path");
        for (const auto& pair : pairs) {
            if (pair.starts_with("pg_init")) add(pair);
        }
        if (retain_handler) add("retain_attached_hw_handler");
        for (const auto& pair : pairs) {
            if (!pair.starts_with("pg_init")) add(pair);
        }
        std::string out =
            cat(count, features, handler.empty() ? " 0" : " 1 ", handler, ' ', groups.size(), ' ', first());
        for (const auto& group : groups) {
            auto arguments = table_arguments(group.selector);
            out += cat(' ', group.selector, " 0 ", group.paths.size(), ' ', arguments);
            for (const auto& path : group.paths) out += cat(' ', path_table(path, arguments));
        }
        return out;
    }

    [[nodiscard]] std::string status() const {
        std::string out = cat("2 0 0 0 ", groups.size(), ' ', first());
        for (std::size_t n = 0; n < groups.size(); ++n) {
            const auto& group = groups[n];
            auto info = status_words(group.selector);
            out += cat(' ',
                       group.disabled     ? 'D'
                       : n + 1 == current ? 'A'
                                          : 'E',
                       " 0 ", group.paths.size(), ' ', words(info).size());
            for (const auto& path : group.paths)
                out += cat(' ', text(path.dev), path.failed ? " F " : " A ", path.failures, info);
        }
        return out;
    }

    /// Takes path and group states from a status line; one that does not fit the table changes nothing more.
    void take_status(std::string_view line) {
        FakeWords in(line);
        for (auto left = in.count(); left > 0; --left) in.next();
        for (auto left = in.count(); left > 0; --left) in.next();
        if (in.count() != groups.size()) return;
        next = in.count();
        for (std::size_t n = 0; n < groups.size() && in.good(); ++n) take_group_status(in, n);
    }

    [[nodiscard]] Path* path(DevNo dev) {
        for (auto& group : groups) {
            auto found = std::ranges::find(group.paths, dev, &Path::dev);
            if (found != group.paths.end()) return &*found;
        }
        return nullptr;
    }
    [[nodiscard]] std::size_t usable() const {
        std::size_t count = 0;
        for (const auto& group : groups)
            count += static_cast<std::size_t>(std::ranges::count(group.paths, false, &Path::failed));
        return count;
    }

private:
    [[nodiscard]] std::size_t first() const {
        return groups.empty() ? 0 : next != 0 ? next : std::max<std::size_t>(current, 1);
    }

    static std::size_t table_arguments(std::string_view selector) { return selector == "service-time" ? 2 : 1; }
    static std::string_view status_words(std::string_view selector) {
        if (selector == "service-time") return " 0 1";
        return selector == "queue-length" ? " 0" : "";
    }
    /// repeat_count comes back as 1, and service-time's throughput is always there.
    static std::string path_table(const Path& path, std::size_t arguments) {
        std::string out = cat(text(path.dev), " 1");
        if (arguments == 2) out += cat(' ', path.arguments.size() > 1 ? path.arguments[1] : "1");
        return out;
    }

    Result<void> parse_features(FakeWords& in) {
        for (auto left = in.count(); left > 0; --left) {
            auto word = in.next();
            if (word == "queue_if_no_path") {
                queue = true;
            } else if (word == "retain_attached_hw_handler") {
                retain_handler = true;
            } else if (left > 1 &&
                       (word == "pg_init_retries" || word == "pg_init_delay_msecs" || word == "queue_mode")) {
                pairs.push_back(cat(word, ' ', in.next()));
                --left;
            } else {
                return fail(EINVAL, "multipath: unrecognised feature ", word);
            }
        }
        return {};
    }

    static Result<Group> parse_group(FakeWords& in) {
        Group group;
        group.selector = in.next();
        if (group.selector != "service-time" && group.selector != "round-robin" && group.selector != "queue-length")
            return fail(EINVAL, "multipath: unknown path selector type ", group.selector);
        for (auto left = in.count(); left > 0; --left) in.next();
        auto paths = in.count();
        auto arguments = number<std::size_t>(in.next()).value_or(99);
        if (!in.good() || paths == 0 || arguments > table_arguments(group.selector))
            return fail(EINVAL, "multipath: wrong number of paths or arguments");
        for (; paths > 0; --paths) {
            auto dev = devno(in.next());
            if (!dev) return fail(EINVAL, "multipath: error getting device");
            Path path{*dev, false, 0, {}};
            for (std::size_t n = 0; n < arguments; ++n) path.arguments.emplace_back(in.next());
            group.paths.push_back(std::move(path));
        }
        return group;
    }

    void take_group_status(FakeWords& in, std::size_t n) {
        auto state = in.next();
        groups[n].disabled = state == "D";
        if (state == "A") current = n + 1;
        for (auto left = in.count(); left > 0; --left) in.next();
        auto paths = in.count();
        auto info = number<std::size_t>(in.next()).value_or(0);
        for (; paths > 0 && in.good(); --paths) {
            auto dev = devno(in.next());
            bool failed = in.next() == "F";
            auto failures = number<unsigned>(in.next()).value_or(0);
            for (std::size_t skip = 0; skip < info; ++skip) in.next();
            if (auto* mine = dev ? path(*dev) : nullptr) *mine = {mine->dev, failed, failures, mine->arguments};
        }
    }
};

}  // namespace rdm
