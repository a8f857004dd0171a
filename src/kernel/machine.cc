// SPDX-License-Identifier: GPL-2.0-or-later
#include "kernel/machine.h"

#include <algorithm>

#include "kernel/machine_value.h"

namespace rdm {

namespace {

/// Lines put together: comments and empty ones gone, continuations joined.
struct Line {
    std::size_t number = 0;
    std::string text;
};

std::vector<Line> logical_lines(std::string_view text) {
    std::vector<Line> found;
    std::size_t number = 0;
    for (auto raw : lines(text)) {
        ++number;
        auto line = trim(raw);
        if (line.empty() || line.front() == '#') continue;
        if ((raw.front() == ' ' || raw.front() == '\t') && !found.empty()) {
            found.back().text += cat(' ', line);
        } else {
            found.push_back({number, std::string(line)});
        }
    }
    return found;
}

struct KeyValue {
    std::string_view key;
    std::string_view value;
};

std::optional<KeyValue> key_value(std::string_view line, std::string_view separator = "=") {
    auto split = line.find(separator);
    if (split == std::string_view::npos || split == 0) return std::nullopt;
    return KeyValue{trim(line.substr(0, split)), trim(line.substr(split + separator.size()))};
}

std::string_view first_word(std::string_view& rest) {
    rest = trim(rest);
    auto word = rest.substr(0, rest.find(' '));
    rest = trim(rest.substr(word.size()));
    return word;
}

std::optional<bool> yes_or_no(std::string_view text) {
    if (text == "yes") return true;
    if (text == "no") return false;
    return std::nullopt;
}

bool is_command(std::string_view key) {
    if (key.starts_with("vpd ")) return key.size() == 6 && number<std::uint8_t>(key.substr(4), 16).has_value();
    return key == "tur" || key == "inquiry" || key == "rtpg" || key == "read" || key == "netapp" || key == "ana";
}

class Parser {
public:
    Result<MachineText> parse(std::string_view text);

private:
    enum class Section { none, cmdline, disk, sysfs, map, at };

    Result<void> line(std::string_view text);
    Result<void> header(std::string_view text);
    Result<void> end_section() const;
    Result<void> cmdline_line(std::string_view text);
    Result<void> disk_line(std::string_view key, std::string_view value);
    Result<void> disk_like(std::string_view name);
    Result<void> disk_sg(std::string_view value);
    Result<void> disk_content(std::string_view value);
    Result<void> sysfs_line(std::string_view text);
    Result<void> map_line(std::string_view key, std::string_view value);
    Result<void> map_target(std::string_view value);
    Result<void> step_line(std::string_view text);
    Result<void> step_rest(MachineStep& step, std::string_view verb, std::string_view rest) const;
    Result<void> step_answer(MachineStep& step, std::string_view rest) const;
    Result<void> step_set(MachineStep& step, std::string_view rest) const;
    [[nodiscard]] const MachineDisk* disk(std::string_view name) const;

    MachineText machine_;
    Section section_ = Section::none;
    Milliseconds at_{0};
};

const MachineDisk* Parser::disk(std::string_view name) const {
    auto found = std::ranges::find(machine_.disks, name, &MachineDisk::name);
    return found == machine_.disks.end() ? nullptr : &*found;
}

Result<MachineText> Parser::parse(std::string_view text) {
    auto all = logical_lines(text);
    if (all.empty() || all.front().text != "rdmpath machine 1")
        return fail(EINVAL, all.empty() ? 1 : all.front().number, ": the first line is not \"rdmpath machine 1\"");
    std::size_t last = 1;
    for (const auto& one : std::span(all).subspan(1)) {
        if (one.text.front() == '[') TRY(end_section(), last);
        if (one.text.front() == '[') last = one.number;
        TRY(line(one.text), one.number);
    }
    TRY(end_section(), last);
    return std::move(machine_);
}

Result<void> Parser::line(std::string_view text) {
    if (text.front() == '[') return header(text);
    if (section_ == Section::cmdline) return cmdline_line(text);
    if (section_ == Section::sysfs) return sysfs_line(text);
    if (section_ == Section::at) return step_line(text);
    if (section_ == Section::none) return fail(EINVAL, "stands in no section");
    auto pair = key_value(text);
    if (!pair) return fail(EINVAL, "\"", safe(text), "\" is not \"KEY = VALUE\"");
    return section_ == Section::disk ? disk_line(pair->key, pair->value) : map_line(pair->key, pair->value);
}

Result<void> Parser::header(std::string_view text) {
    if (!text.ends_with(']')) return fail(EINVAL, "section without its \"]\"");
    auto rest = text.substr(1, text.size() - 2);
    auto kind = first_word(rest);
    auto name = unescape(rest);
    if (!name) return fail(EINVAL, "bad escape in \"", safe(rest), "\"");
    if (name->empty() && kind == "cmdline") {
        section_ = Section::cmdline;
    } else if (name->empty() && kind == "sysfs") {
        section_ = Section::sysfs;
    } else if (!name->empty() && kind == "disk") {
        if (disk(*name)) return fail(EINVAL, "disk ", safe(*name), " stands here twice");
        section_ = Section::disk;
        machine_.disks.emplace_back().name = *name;
    } else if (!name->empty() && kind == "map") {
        section_ = Section::map;
        machine_.maps.emplace_back().name = *name;
    } else if (kind == "at" && machine_time(*name)) {
        section_ = Section::at;
        at_ = *machine_time(*name);
    } else {
        return fail(EINVAL, "unknown section \"", safe(text), "\"");
    }
    return {};
}

/// What a section must have said by its end.
Result<void> Parser::end_section() const {
    if (section_ == Section::disk) {
        const auto& disk = machine_.disks.back();
        if (disk.at.empty()) return fail(EINVAL, "disk ", safe(disk.name), " has no \"at\"");
        if (!disk.at.ends_with(cat('/', disk.name)))
            return fail(EINVAL, "\"at\" of disk ", safe(disk.name), " does not end in its name");
        if (disk.dev == DevNo{}) return fail(EINVAL, "disk ", safe(disk.name), " has no \"dev\"");
    }
    if (section_ == Section::map) {
        const auto& map = machine_.maps.back();
        if (map.dev == DevNo{}) return fail(EINVAL, "map ", safe(map.name), " has no \"dev\"");
    }
    return {};
}

Result<void> Parser::cmdline_line(std::string_view text) {
    if (!machine_.cmdline.empty()) machine_.cmdline += ' ';
    machine_.cmdline += text;
    return {};
}

Result<void> Parser::disk_line(std::string_view key, std::string_view value) {
    auto& disk = machine_.disks.back();
    if (key == "like") return disk_like(value);
    if (key == "sg") return disk_sg(value);
    if (key == "content") return disk_content(value);
    if (key == "at") {
        disk.at = value;
    } else if (key == "dev" && devno(value)) {
        disk.dev = *devno(value);
    } else if (key == "size" && number<std::uint64_t>(value)) {
        disk.sectors = *number<std::uint64_t>(value);
    } else if (key == "present" && yes_or_no(value)) {
        disk.present = *yes_or_no(value);
    } else if (is_command(key) && machine_answer(value)) {
        disk.answers.insert_or_assign(std::string(key), *machine_answer(value));
    } else if (key == "dev" || key == "size" || key == "present" || is_command(key)) {
        return fail(EINVAL, key, ": cannot be \"", safe(value), "\"");
    } else {
        auto bytes = machine_value(value);
        if (!bytes) return fail(EINVAL, safe(key), ": cannot be \"", safe(value), "\"");
        disk.attributes.insert_or_assign(std::string(key), std::move(*bytes));
    }
    return {};
}

Result<void> Parser::disk_like(std::string_view name) {
    auto& mine = machine_.disks.back();
    const auto* other = disk(name);
    if (!other || other == &mine) return fail(EINVAL, "like: no disk ", safe(name), " above");
    mine.sectors = other->sectors;
    for (const auto& [path, bytes] : other->attributes) {
        bool partition = path.starts_with(other->name);
        if (partition && path.ends_with("/dev")) continue;
        mine.attributes.insert_or_assign(partition ? cat(mine.name, path.substr(name.size())) : path, bytes);
    }
    mine.answers = other->answers;
    mine.content = other->content;
    return {};
}

Result<void> Parser::disk_sg(std::string_view value) {
    auto parts = words(value);
    if (parts.size() != 2 || !devno(parts[1])) return fail(EINVAL, "sg: \"", safe(value), "\" is not \"sg0 21:0\"");
    machine_.disks.back().sg_name = parts[0];
    machine_.disks.back().sg_dev = devno(parts[1]);
    return {};
}

Result<void> Parser::disk_content(std::string_view value) {
    auto at = value.rfind('@');
    if (at == std::string_view::npos || !value.starts_with("hex "))
        return fail(EINVAL, "content: not \"hex … @ OFFSET\"");
    auto bytes = machine_hex(value.substr(4, at - 4));
    auto offset = number<std::uint64_t>(trim(value.substr(at + 1)));
    if (!bytes || !offset) return fail(EINVAL, "content: not \"hex … @ OFFSET\"");
    machine_.disks.back().content.insert_or_assign(*offset, std::move(*bytes));
    return {};
}

Result<void> Parser::sysfs_line(std::string_view text) {
    if (auto link = key_value(text, " -> ")) {
        machine_.sysfs.insert_or_assign(std::string(link->key),
                                        MachineNode{MachineNode::Kind::link, std::string(link->value)});
        return {};
    }
    auto file = key_value(text);
    if (!file) return fail(EINVAL, "\"", safe(text), "\" is neither \"PATH = VALUE\" nor \"PATH -> TARGET\"");
    auto bytes = machine_value(file->value);
    if (!bytes) return fail(EINVAL, safe(file->key), ": cannot be \"", safe(file->value), "\"");
    machine_.sysfs.insert_or_assign(std::string(file->key), MachineNode{MachineNode::Kind::file, std::move(*bytes)});
    return {};
}

Result<void> Parser::map_line(std::string_view key, std::string_view value) {
    auto& map = machine_.maps.back();
    if (key == "table") return map_target(value);
    if (key == "uuid" && unescape(value)) {
        map.uuid = *unescape(value);
    } else if (key == "dev" && devno(value)) {
        map.dev = *devno(value);
    } else if (key == "open" && number<std::uint16_t>(value)) {
        map.open_count = *number<std::uint16_t>(value);
    } else if (key == "suspended" && yes_or_no(value)) {
        map.suspended = *yes_or_no(value);
    } else if (key == "read-only" && yes_or_no(value)) {
        map.read_only = *yes_or_no(value);
    } else if (key == "status") {
        map.status = value;
    } else {
        return fail(EINVAL, "a map has no \"", safe(key), " = ", safe(value), "\"");
    }
    return {};
}

Result<void> Parser::map_target(std::string_view value) {
    auto start = number<std::uint64_t>(first_word(value));
    auto sectors = number<std::uint64_t>(first_word(value));
    auto type = first_word(value);
    if (!start || !sectors || type.empty()) return fail(EINVAL, "table: not \"START SECTORS TYPE …\"");
    machine_.maps.back().table.push_back({*start, *sectors, std::string(type), std::string(value)});
    return {};
}

Result<void> Parser::step_line(std::string_view text) {
    MachineStep step;
    step.at = at_;
    auto rest = text;
    auto verb = first_word(rest);
    TRY(step_rest(step, verb, rest), safe(text));
    machine_.steps.push_back(std::move(step));
    return {};
}

Result<void> Parser::step_rest(MachineStep& step, std::string_view verb, std::string_view rest) const {
    using Kind = MachineStep::Kind;
    if (verb == "answer") return step_answer(step, rest);
    if (verb == "set") return step_set(step, rest);
    if (verb == "add" || verb == "remove") {
        step.kind = verb == "add" ? Kind::add : Kind::remove;
        step.subject = rest;
        if (!disk(rest)) return fail(EINVAL, "no such disk");
    } else if (verb == "uevent") {
        step.kind = Kind::uevent;
        auto action = first_word(rest);
        step.subject = cat(action, ' ', first_word(rest));
        step.value = rest;
    } else if (verb == "message") {
        step.kind = Kind::message;
        step.subject = first_word(rest);
        step.value = rest;
    } else if (verb == "lose" && rest == "uevents") {
        step.kind = Kind::lose_uevents;
    } else if (verb == "stop" && rest.empty()) {
        step.kind = Kind::stop;
    } else {
        return fail(EINVAL, "unknown step");
    }
    return {};
}

Result<void> Parser::step_answer(MachineStep& step, std::string_view rest) const {
    step.kind = MachineStep::Kind::answer;
    step.subject = first_word(rest);
    if (!disk(step.subject)) return fail(EINVAL, "no such disk");
    auto pair = key_value(rest);
    auto answer = pair && is_command(pair->key) ? machine_answer(pair->value) : std::nullopt;
    if (!answer) return fail(EINVAL, "not \"answer DISK COMMAND = ANSWER\"");
    step.key = pair->key;
    step.answer = std::move(*answer);
    return {};
}

Result<void> Parser::step_set(MachineStep& step, std::string_view rest) const {
    step.kind = MachineStep::Kind::set;
    step.subject = first_word(rest);
    if (!disk(step.subject)) return fail(EINVAL, "no such disk");
    auto pair = key_value(rest);
    auto bytes = pair ? machine_value(pair->value) : std::nullopt;
    if (!bytes) return fail(EINVAL, "not \"set DISK ATTRIBUTE = VALUE\"");
    step.key = pair->key;
    step.value = std::move(*bytes);
    return {};
}

}  // namespace

Result<MachineText> parse_machine(std::string_view text) { return Parser().parse(text); }

}  // namespace rdm
