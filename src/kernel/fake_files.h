// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <map>

#include "kernel/files.h"
#include "kernel/machine_tree.h"

namespace rdm {

/// Files in memory, by path. Directories are what lies above them. What else a machine text says is in `tree`.
struct FakeFiles : Files {
    std::map<std::string, std::string, std::less<>> files;
    MachineTree tree;

    [[nodiscard]] Result<std::string> read(std::string_view path) const override {
        auto found = files.find(path);
        if (found == files.end()) return tree.read(path);
        return found->second;
    }
    [[nodiscard]] Result<std::vector<std::string>> list(std::string_view directory) const override {
        std::vector<std::string> names;
        auto prefix = cat(directory, '/');
        for (const auto& [path, text] : files) {
            if (!path.starts_with(prefix)) continue;
            auto name = path.substr(prefix.size());
            name = name.substr(0, name.find('/'));
            if (names.empty() || names.back() != name) names.push_back(name);
        }
        if (names.empty()) return tree.list(directory);
        return names;
    }
};

}  // namespace rdm
