// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <cerrno>
#include <string>
#include <vector>

#include "kernel/machine_tree.h"
#include "kernel/sysfs.h"

namespace rdm {

/// A sysfs in memory that can be changed and written to. Paths as in Sysfs.
class FakeSysfs : public Sysfs {
public:
    MachineTree tree;

    void file(std::string_view path, std::string_view bytes) { tree.file(path, bytes); }
    /// `target` as readlink() gives it: relative to the link's directory, or from the root with a leading slash.
    void link(std::string_view path, std::string_view target) { tree.link(path, target); }
    void directory(std::string_view path) { tree.put_directory(path); }
    void remove(std::string_view path) { tree.remove(path); }
    void unlink(std::string_view path) { tree.unlink(path); }
    [[nodiscard]] bool exists(std::string_view path) const { return tree.exists(path); }
    /// From now on this attribute cannot be read or written.
    void deny(std::string_view path, int code) { tree.put(path, {.kind = MachineNode::Kind::error, .code = code}); }
    /// Every write, in order: "block/sda/device/state=running; …".
    [[nodiscard]] const std::string& asked() const { return asked_; }

    [[nodiscard]] Result<std::string> read(std::string_view path) const override { return tree.read(path); }
    [[nodiscard]] Result<std::vector<std::string>> list(std::string_view path) const override {
        return tree.list(path);
    }
    [[nodiscard]] Result<std::string> real_path(std::string_view path) const override { return tree.real_path(path); }
    Result<void> write(std::string_view path, std::string_view text) override {
        TRY(tree.read(path));
        asked_ += cat(asked_.empty() ? "" : "; ", path, '=', text);
        tree.file(path, cat(text, '\n'));
        return {};
    }

private:
    std::string asked_;
};

}  // namespace rdm
