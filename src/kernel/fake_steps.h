// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/machine_value.h"

namespace rdm {

/// One thing that happens later, `at` a time since the start. What a machine text may say in [at TIME], one a line:
///
///     add sdb
///     remove sda
///     answer sda tur = hang
///     set sda device/state = offline
///     uevent change dm-0 KEY=VALUE …
///     message MAP fail_path 8:0
///     lose uevents
///     stop
struct MachineStep {
    enum class Kind { add, remove, answer, set, uevent, message, lose_uevents, stop };
    Milliseconds at{0};
    Kind kind = Kind::stop;
    std::string subject;  ///< a disk, a map (message), "change dm-0" (uevent)
    std::string key;      ///< answer: the command; set: the attribute
    std::string value;    ///< set: bytes; message: its text; uevent: "KEY=VALUE KEY=VALUE"
    MachineAnswer answer;
};

/// One line; EINVAL says what is wrong with it.
inline Result<void> parse_step(MachineStep& step, const MachineText& machine, std::string_view rest) {
    using Kind = MachineStep::Kind;
    auto verb = take_word(rest);
    auto disk = [&]() -> Result<void> {
        step.subject = take_word(rest);
        bool known = std::ranges::count(machine.disks, step.subject, &MachineDisk::name) > 0;
        return known ? Result<void>() : fail(EINVAL, "no such disk");
    };
    if (verb == "answer") {
        step.kind = Kind::answer;
        TRY(disk());
        auto [key, value] = key_value(rest);
        auto answer = is_command_key(key) ? timed_answer(value) : std::nullopt;
        if (!answer) return fail(EINVAL, "not \"answer DISK COMMAND = ANSWER\"");
        step.key = key;
        step.answer = std::move(*answer);
    } else if (verb == "set") {
        step.kind = Kind::set;
        TRY(disk());
        auto [key, value] = key_value(rest);
        auto bytes = key.empty() ? std::nullopt : machine_value(value);
        if (!bytes) return fail(EINVAL, "not \"set DISK ATTRIBUTE = VALUE\"");
        step.key = key;
        step.value = std::move(*bytes);
    } else if (verb == "add" || verb == "remove") {
        step.kind = verb == "add" ? Kind::add : Kind::remove;
        TRY(disk());
    } else if (verb == "uevent") {
        step.kind = Kind::uevent;
        auto action = take_word(rest);
        step.subject = cat(action, ' ', take_word(rest));
        step.value = rest;
    } else if (verb == "message") {
        step.kind = Kind::message;
        step.subject = take_word(rest);
        step.value = rest;
    } else if (verb == "lose" && rest == "uevents") {
        step.kind = Kind::lose_uevents;
    } else if (verb != "stop" || !rest.empty()) {
        return fail(EINVAL, "unknown step");
    }
    return {};
}

/// EINVAL "LINE: message" for the first step that is wrong.
inline Result<std::vector<MachineStep>> parse_steps(const MachineText& machine) {
    std::vector<MachineStep> steps;
    for (const auto& later : machine.later) {
        steps.emplace_back().at = later.at;
        TRY(parse_step(steps.back(), machine, later.text), later.line, ": ", safe(later.text));
    }
    return steps;
}

}  // namespace rdm
