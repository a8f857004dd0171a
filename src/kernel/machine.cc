// SPDX-License-Identifier: GPL-2.0-or-later
#include "kernel/machine.h"

#include <algorithm>

#include "kernel/machine_lines.h"
#include "kernel/machine_map.h"

namespace rdm {

namespace {

bool take_yes_or_no(bool& to, std::string_view text) {
    to = text == "yes";
    return to || text == "no";
}

template <class Value>
bool take(Value& to, std::optional<Value> value) {
    if (!value) return false;
    to = *std::move(value);
    return true;
}

/// As machine_node() has it.
MachineNode node_of(std::string_view text) {
    using Kind = MachineNode::Kind;
    auto rest = trim(text.substr(text.find_first_of("=>") + 1));
    if (text.starts_with("->")) return {.kind = Kind::link, .text = unescape(rest)};
    if (text.starts_with('/')) return {.kind = Kind::directory, .text = std::string(rest)};
    if (auto error = machine_error(rest); error.code() != 0) return {.kind = Kind::error, .code = error.code()};
    return {.text = *machine_value(rest)};
}

class Parser {
public:
    Result<MachineText> parse(std::string_view text);

private:
    Result<void> line(const MachineLines& lines);
    Result<void> header(std::string_view text);
    [[nodiscard]] Result<void> end_section();
    Result<void> file_line(std::string_view text);
    Result<void> disk_line(std::string_view text);
    Result<bool> disk_key(std::string_view key, std::string_view value);
    Result<void> disk_like(std::string_view name);
    Result<void> disk_sg(std::string_view value);
    Result<void> disk_content(std::string_view value);
    static Result<void> node_line(MachineNodes& nodes, std::string_view text);
    [[nodiscard]] const MachineDisk* disk(std::string_view name) const;

    MachineText machine_;
    std::string kind_;
    std::string name_;
    Milliseconds at_{0};
    std::string map_lines_;
};

const MachineDisk* Parser::disk(std::string_view name) const {
    for (const auto& one : machine_.disks)
        if (one.name == name) return &one;
    return nullptr;
}

Result<MachineText> Parser::parse(std::string_view text) {
    MachineLines lines(text);
    if (!lines.next() || lines.line() != "rdmpath machine 1")
        return fail(EINVAL, std::max<std::size_t>(lines.number(), 1), ": the first line is not \"rdmpath machine 1\"");
    std::size_t section = 1;
    while (lines.next()) {
        if (lines.line().front() == '[') {
            TRY(end_section(), section);
            section = lines.number();
        }
        TRY(line(lines), lines.number());
    }
    TRY(end_section(), section);
    return std::move(machine_);
}

Result<void> Parser::line(const MachineLines& lines) {
    const std::string& text = lines.line();
    if (text.front() == '[') return header(text);
    if (kind_ == "disk") return disk_line(text);
    if (kind_ == "sysfs") return node_line(machine_.sysfs, text);
    if (kind_ == "files") return node_line(machine_.files, text);
    if (kind_ == "file") return file_line(text);
    if (kind_ == "map") {
        map_lines_ += cat(text, '\n');
    } else if (kind_ == "at") {
        machine_.later.push_back({at_, text, lines.number()});
    } else if (kind_ == "cmdline") {
        machine_.cmdline += cat(machine_.cmdline.empty() ? "" : " ", verbatim(text).value_or(text));
    } else {
        return fail(EINVAL, "stands in no section");
    }
    return {};
}

Result<void> Parser::header(std::string_view text) {
    constexpr std::string_view kinds[] = {"cmdline", "disk", "sysfs", "map", "files", "file", "at"};
    if (!machine_section(text, kind_, name_) || std::ranges::find(kinds, kind_) == std::end(kinds))
        return fail(EINVAL, "unknown section \"", safe(text), "\"");
    if (kind_ == "disk" && disk(name_)) return fail(EINVAL, "disk ", safe(name_), " stands here twice");
    if (kind_ == "disk") machine_.disks.emplace_back().name = name_;
    if (kind_ == "file") machine_.files[name_] = {};
    if (kind_ == "at" && !take(at_, machine_time(name_))) return fail(EINVAL, "unknown section \"", safe(text), "\"");
    return {};
}

/// What a section must have said by its end.
Result<void> Parser::end_section() {
    if (kind_ == "disk") {
        const auto& disk = machine_.disks.back();
        if (disk.at.empty()) return fail(EINVAL, "disk ", safe(disk.name), " has no \"at\"");
        if (!disk.at.ends_with(cat('/', disk.name)))
            return fail(EINVAL, "\"at\" of disk ", safe(disk.name), " does not end in its name");
        if (disk.dev == DevNo{}) return fail(EINVAL, "disk ", safe(disk.name), " has no \"dev\"");
    }
    if (kind_ == "map") machine_.maps.push_back(TRY(machine_map(name_, map_lines_), "map ", safe(name_)));
    map_lines_.clear();
    return {};
}

Result<void> Parser::file_line(std::string_view text) {
    auto bytes = verbatim(text) ? std::optional(cat(*verbatim(text), '\n')) : machine_value(text);
    if (!bytes) return fail(EINVAL, "\"", safe(text), "\" is neither \"| LINE\" nor bytes");
    machine_.files[name_].text += *bytes;
    return {};
}

Result<void> Parser::disk_line(std::string_view text) {
    auto [key, value] = key_value(text);
    if (TRY(disk_key(key, value))) return {};
    return node_line(machine_.disks.back().attributes, text);
}

/// false: it is an attribute.
Result<bool> Parser::disk_key(std::string_view key, std::string_view value) {
    auto& disk = machine_.disks.back();
    bool good = true;
    if (key == "like") {
        TRY(disk_like(value));
    } else if (key == "sg") {
        TRY(disk_sg(value));
    } else if (key == "content") {
        TRY(disk_content(value));
    } else if (key == "at") {
        disk.at = unescape(value);
    } else if (key == "dev") {
        good = take(disk.dev, devno(value));
    } else if (key == "size" && number<std::uint64_t>(value)) {
        disk.sectors = *number<std::uint64_t>(value);
    } else if (key == "present") {
        good = take_yes_or_no(disk.present, value);
    } else if (is_command_key(key)) {
        good = take(disk.answers[std::string(key)], timed_answer(value));
    } else {
        return false;
    }
    if (!good) return fail(EINVAL, key, ": cannot be \"", safe(value), "\"");
    return true;
}

Result<void> Parser::disk_like(std::string_view name) {
    auto& mine = machine_.disks.back();
    const auto* other = disk(name);
    if (!other || other == &mine) return fail(EINVAL, "like: no disk ", safe(name), " above");
    mine.sectors = other->sectors;
    for (const auto& [path, node] : other->attributes) {
        bool partition = path.starts_with(other->name);
        if (partition && path.ends_with("/dev")) continue;
        mine.attributes.insert_or_assign(partition ? cat(mine.name, path.substr(name.size())) : path, node);
    }
    mine.answers = other->answers;
    mine.content = other->content;
    return {};
}

Result<void> Parser::disk_sg(std::string_view value) {
    auto parts = words(value);
    auto& disk = machine_.disks.back();
    if (parts.size() != 2 || !devno(parts[1])) return fail(EINVAL, "sg: \"", safe(value), "\" is not \"sg0 21:0\"");
    disk.sg_name = parts[0];
    disk.sg_dev = devno(parts[1]);
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

/// Here a link may be relative, and blanks around "=" may lack.
Result<void> Parser::node_line(MachineNodes& nodes, std::string_view text) {
    auto path = trim(text.substr(0, std::min(text.find('='), text.find("->"))));
    if (path.empty() || path.size() == text.size())
        return fail(EINVAL, "\"", safe(text), "\" is neither \"PATH = VALUE\" nor \"PATH -> TARGET\"");
    auto rest = trim(text.substr(path.size()));
    const bool is_directory = path.ends_with('/');
    const bool is_link = rest.starts_with("->");
    auto node = machine_node(rest, is_directory);
    if (!is_link && node.empty()) return fail(EINVAL, safe(path), ": cannot be \"", safe(trim(rest.substr(1))), "\"");
    if (is_directory) path.remove_suffix(1);
    nodes.insert_or_assign(unescape(path), node_of(is_link ? rest : std::string_view(node)));
    return {};
}

}  // namespace

Result<MachineText> parse_machine(std::string_view text) { return Parser().parse(text); }

bool is_scsi(const MachineDisk& disk) { return disk.at.ends_with(cat("/block/", disk.name)); }

}  // namespace rdm
