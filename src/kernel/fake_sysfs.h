// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <algorithm>
#include <cerrno>
#include <deque>
#include <map>
#include <string>
#include <vector>

#include "kernel/sysfs.h"

namespace rdm {

/// A sysfs in memory: files, links and the directories that they need. Paths as in Sysfs.
class FakeSysfs : public Sysfs {
public:
    void file(std::string_view path, std::string_view bytes) { put(path, Kind::file, bytes); }
    /// `target` as readlink() gives it: relative to the link's directory, or from the root with a leading slash.
    void link(std::string_view path, std::string_view target) { put(path, Kind::link, target); }
    void directory(std::string_view path) { put(path, Kind::directory, ""); }

    /// Everything at and below `path`, and every link that leads there.
    void remove(std::string_view path) {
        std::vector<std::string> dangling;
        for (const auto& [at, node] : nodes_) {
            auto real = node.kind == Kind::link ? resolve(at) : Result<std::string>(at);
            if (real && within(*real, path)) dangling.push_back(at);
        }
        for (const auto& at : dangling) nodes_.erase(at);
    }
    /// One file or link, not what it leads to.
    void unlink(std::string_view path) {
        auto above = resolve(parent(path));
        if (above) nodes_.erase(cat(*above, path.substr(path.rfind('/'))));
    }
    [[nodiscard]] bool exists(std::string_view path) const { return find(path).has_value(); }
    /// From now on this attribute cannot be read or written.
    void deny(std::string_view path, int code) { denied_.insert_or_assign(std::string(path), code); }
    /// Every write, in order: "block/sda/device/state=running; …".
    [[nodiscard]] const std::string& asked() const { return asked_; }

    [[nodiscard]] Result<std::string> read(std::string_view path) const override {
        auto [at, node] = TRY(find(path));
        if (auto denied = denied_.find(path); denied != denied_.end()) return fail(denied->second, path);
        if (node->kind != Kind::file) return fail(EISDIR, path);
        return node->text;
    }
    [[nodiscard]] Result<std::vector<std::string>> list(std::string_view path) const override {
        auto [at, node] = TRY(find(path));
        if (node->kind != Kind::directory) return fail(ENOTDIR, path);
        std::vector<std::string> names;
        std::string prefix = at.empty() ? "" : cat(at, '/');
        for (auto next = nodes_.lower_bound(prefix); next != nodes_.end() && next->first.starts_with(prefix);) {
            auto name = next->first.substr(prefix.size());
            name = name.substr(0, name.find('/'));
            next = nodes_.lower_bound(cat(prefix, name, '0'));  // '0' follows '/'
            if (!name.empty() && (names.empty() || names.back() != name)) names.push_back(name);
        }
        return sorted(std::move(names));
    }
    [[nodiscard]] Result<std::string> real_path(std::string_view path) const override { return TRY(find(path)).first; }
    Result<void> write(std::string_view path, std::string_view text) override {
        auto at = TRY(find(path)).first;
        if (auto denied = denied_.find(path); denied != denied_.end()) return fail(denied->second, path);
        asked_ += cat(asked_.empty() ? "" : "; ", path, '=', text);
        nodes_.find(at)->second.text = cat(text, '\n');
        return {};
    }

private:
    enum class Kind { file, link, directory };
    struct Node {
        Kind kind = Kind::directory;
        std::string text;
    };

    static bool within(std::string_view path, std::string_view top) {
        return path.starts_with(top) && (path.size() == top.size() || path[top.size()] == '/');
    }
    static std::vector<std::string> sorted(std::vector<std::string> names) {
        std::ranges::sort(names);
        names.erase(std::ranges::unique(names).begin(), names.end());
        return names;
    }
    static void split(std::string_view path, std::deque<std::string>& rest) {
        std::size_t place = 0;
        while (!path.empty()) {
            auto part = path.substr(0, path.find('/'));
            path.remove_prefix(std::min(path.size(), part.size() + 1));
            if (!part.empty() && part != ".") rest.insert(rest.begin() + static_cast<long>(place++), std::string(part));
        }
    }
    static std::string parent(std::string_view path) {
        auto slash = path.rfind('/');
        return std::string(slash == std::string_view::npos ? "" : path.substr(0, slash));
    }

    void put(std::string_view path, Kind kind, std::string_view text) {
        // The directory may be reached through a link: device/vendor lands in the device's own directory.
        auto above = parent(path);
        std::string at(path);
        if (!above.empty()) {
            if (!exists(above)) put(above, Kind::directory, "");
            auto real = resolve(above);
            if (real) at = cat(*real, '/', path.substr(above.size() + 1));
        }
        nodes_.insert_or_assign(at, Node{kind, std::string(text)});
    }

    [[nodiscard]] Result<std::string> resolve(std::string_view path) const {
        std::deque<std::string> rest;
        split(path, rest);
        std::string at;
        for (int hops = 0; !rest.empty();) {
            auto part = std::move(rest.front());
            rest.pop_front();
            if (part == "..") {
                at = parent(at);
                continue;
            }
            auto next = at.empty() ? part : cat(at, '/', part);
            auto node = nodes_.find(next);
            if (node == nodes_.end()) return fail(ENOENT, path);
            if (node->second.kind != Kind::link) {
                at = std::move(next);
                continue;
            }
            if (++hops > 40) return fail(ELOOP, path);
            if (node->second.text.starts_with('/')) at.clear();
            split(node->second.text, rest);
        }
        return at;
    }
    [[nodiscard]] Result<std::pair<std::string, const Node*>> find(std::string_view path) const {
        auto at = TRY(resolve(path));
        if (at.empty()) return std::pair<std::string, const Node*>("", &root_);
        return std::pair<std::string, const Node*>(at, &nodes_.find(at)->second);
    }

    Node root_;
    std::map<std::string, Node, std::less<>> nodes_;
    std::map<std::string, int, std::less<>> denied_;
    std::string asked_;
};

}  // namespace rdm
