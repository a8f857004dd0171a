// SPDX-License-Identifier: GPL-2.0-or-later
#include "boot/smart_wait.h"

#include <algorithm>

#include "config/lookup.h"
#include "path/claim.h"
#include "path/udev_properties.h"

namespace rdm {

namespace {

using namespace std::chrono_literals;

constexpr auto interval = 1s;
constexpr auto longest = 60s;

/// udev has not looked yet, or holds it back.
bool is_held_back(const std::optional<UdevProperties>& known) {
    if (!known) return true;
    auto until = property(*known, "FIND_MULTIPATHS_WAIT_UNTIL");
    return !until.empty() && until != "0";
}

}  // namespace

SmartWait::SmartWait(const Doors& doors, const Rules& rules)
    : doors_(doors), rules_(rules), smart_(choose(rules.config, Keyword::find_multipaths, {}).value == "smart") {}

void SmartWait::look(std::span<const Path> paths, const Coalesced& decided) {
    next_.reset();
    const auto now = doors_.events.now();
    for (const Path& path : paths) {
        auto in = [&](const Map& map) { return map.wwid == path.wwid; };
        if (!path.wwid.empty() && path.excluded.empty() && std::ranges::none_of(decided.maps, in)) look_at(path, now);
    }
}

void SmartWait::look_at(const Path& path, Moment now) {
    const auto first = now + patience(path, rules_) + interval;
    auto& wait = waits_.try_emplace(path.sys_path, first, first + longest).first->second;
    if (now >= wait.last) return;
    if (now >= wait.next) {
        auto known = read_udev_properties(doors_.files, doors_.sysfs, path.dev, path.sys_path);
        if (!is_held_back(known)) {
            wait.last = now;
            return;
        }
        if (known) (void)doors_.sysfs.write(cat(path.sys_path, "/uevent"), "add");
        wait.next = now + interval;
    }
    next_ = std::min(next_.value_or(wait.next), wait.next);
}

}  // namespace rdm
