// SPDX-License-Identifier: GPL-2.0-or-later
#include "kernel/snapshot.h"

#include <algorithm>
#include <cerrno>

#include "kernel/machine_lines.h"
#include "kernel/machine_map.h"
#include "kernel/machine_value.h"

namespace rdm {

namespace {

constexpr std::string_view devices = "devices/";

class Parser {
public:
    Result<void> line(std::string_view text);
    Result<void> end_section();
    Snapshot all;

private:
    Result<void> header(std::string_view text);
    Result<void> disk_line(std::string_view text);
    Result<void> node_line(std::string_view below, std::string_view text);

    std::string kind_;
    std::string name_;
    std::string at_;
};

Result<void> Parser::header(std::string_view text) {
    const bool sound = machine_section(text, kind_, name_);
    constexpr std::string_view with_name = " disk map file ";
    constexpr std::string_view without = " cmdline sysfs maps files ";
    const auto word = cat(' ', kind_, ' ');
    const bool named = with_name.contains(word);
    const bool known = named || without.contains(word);
    if (!sound || !known || named == name_.empty()) return fail(EINVAL, "unknown section \"", safe(text), "\"");
    if (kind_ == "cmdline") {
        kind_ = "file";
        name_ = cmdline_file;
    }
    at_.clear();
    if (!named && kind_ != "file") return {};
    if (!all.emplace(cat(kind_, ' ', name_), "").second)
        return fail(EINVAL, kind_, ' ', safe(name_), " stands here twice");
    return {};
}

Result<void> Parser::end_section() {
    if (kind_ == "disk") {
        if (at_.empty()) return fail(EINVAL, "disk ", safe(name_), " has no \"at\"");
        // Whatever its lines say of these.
        all[cat("sysfs block/", name_)] = machine_link(at_);
        all[cat("sysfs ", at_, "/device")] =
            machine_link(device_directory(std::string_view(at_).substr(devices.size())));
    }
    if (kind_ != "map") return {};
    auto& lines = all[cat(kind_, ' ', name_)];
    lines = machine_map_lines(TRY(machine_map(name_, lines), "map ", safe(name_)));
    return {};
}

Result<void> Parser::line(std::string_view text) {
    if (text.starts_with('[')) return header(text);
    if (kind_ == "disk") return disk_line(text);
    if (kind_ == "sysfs" || kind_ == "files") return node_line("", text);
    if (kind_.empty()) return fail(EINVAL, "stands in no section");
    auto bytes = cat(verbatim(text).value_or(text), '\n');
    if (kind_ == "maps") {
        auto error = machine_error(text);
        if (error.code() == 0) return fail(EINVAL, "\"", safe(text), "\" is not \"error ENAME\"");
        all[kind_] = machine_error_text(error);
        return {};
    }
    if (kind_ == "file" && !verbatim(text)) {
        auto value = machine_value(text);
        if (!value || !text.starts_with('"'))
            return fail(EINVAL, "\"", safe(text), "\" is neither \"| LINE\" nor bytes in quotes");
        bytes = *std::move(value);
    }
    all[cat(kind_, ' ', name_)] += bytes;
    return {};
}

Result<void> Parser::disk_line(std::string_view text) {
    auto [key, value] = key_value(text);
    auto& at = all[cat("disk ", name_)];
    if (key == "at") {
        at = unescape(value);
        if (!at.ends_with(cat('/', name_)))
            return fail(EINVAL, "\"at\" of disk ", safe(name_), " does not end in its name");
        at_ = cat(devices, at);
        return {};
    }
    if (at_.empty()) return fail(EINVAL, "disk ", safe(name_), " has no \"at\" yet");
    constexpr std::string_view device = "device/";
    if (text.starts_with(device)) return node_line(cat(device_directory(at), '/'), text.substr(device.size()));
    if (!is_command_key(key)) return node_line(cat(at_, '/'), text);
    MachineAnswer answer;
    if (!machine_answer(value, answer)) return fail(EINVAL, key, ": cannot be \"", safe(value), "\"");
    all[cat("scsi ", name_, ' ', key)] = machine_answer_text(answer);
    return {};
}

Result<void> Parser::node_line(std::string_view below, std::string_view text) {
    auto path = text.substr(0, text.find(' '));
    const bool is_directory = path.ends_with('/');
    auto node = machine_node(text.substr(path.size()), is_directory);
    if (node.empty()) return fail(EINVAL, "\"", safe(text), "\" is neither \"PATH = VALUE\" nor \"PATH -> /TARGET\"");
    if (is_directory) path.remove_suffix(1);
    all[cat(kind_ == "files" ? "files " : "sysfs ", below, unescape(path))] = std::move(node);
    return {};
}

bool is_control(char c) { return (c >= 0 && c < ' ' && c != '\t') || c == 0x7f; }

/// As it is where that can be read back; other lines as exact bytes.
std::string file_text(std::string_view rest) {
    std::string out;
    while (!rest.empty()) {
        auto line = rest.substr(0, rest.find('\n'));
        bool whole = line.size() < rest.size();
        for (char c : line) whole = whole && !is_control(c);
        auto piece = rest.substr(0, line.size() + 1);
        rest.remove_prefix(piece.size());
        if (whole)
            out += cat(line.empty() ? "|" : "| ", piece);
        else
            out += cat(machine_quoted(piece), '\n');
    }
    return out;
}

/// Takes entries out of a snapshot, as lines with `shown` in front.
std::string take_lines(Snapshot& all, std::string_view begin, std::string_view shown) {
    std::string out;
    for (const auto& [path, value] : take_below(all, begin))
        out += cat(shown, machine_name_text(path), value.starts_with('/') ? "" : " ", value, '\n');
    return out;
}

/// A disk's section but for what is below its device: that may be shared.
std::string disk_text(Snapshot& all, std::string_view name, const std::string& at) {
    all.erase(cat("sysfs block/", name));
    all.erase(cat("sysfs devices/", at, "/device"));
    auto out = cat("\n[disk ", machine_name_text(name), "]\nat = ", machine_name_text(at), '\n');
    for (const auto& [key, answer] : take_below(all, cat("scsi ", name, ' '))) out += cat(key, " = ", answer, '\n');
    return out + take_lines(all, cat("sysfs devices/", at, '/'), "");
}

void add_section(std::string& out, std::string_view title, std::string_view lines) {
    if (!lines.empty()) out += cat("\n[", title, "]\n", lines);
}

/// The entries of one kind as sections with a name each.
void add_sections(std::string& out, const Snapshot& all, std::string_view begin,
                  std::string (*text)(std::string_view)) {
    for (const auto& [name, value] : entries_below(all, begin))
        out += cat("\n[", begin, machine_name_text(name), "]\n", text(value));
}

}  // namespace

Snapshot entries_below(const Snapshot& all, std::string_view begin) {
    Snapshot found;
    for (auto one = all.lower_bound(begin); one != all.end() && one->first.starts_with(begin); ++one)
        found[one->first.substr(begin.size())] = one->second;
    return found;
}

Snapshot take_below(Snapshot& all, std::string_view begin) {
    auto found = entries_below(all, begin);
    for (const auto& [key, value] : found) all.erase(cat(begin, key));
    return found;
}

std::string device_directory(std::string_view at) {
    at = at.substr(0, at.rfind('/'));
    if (at.ends_with("/block")) at.remove_suffix(6);
    return cat("devices/", at);
}

Result<Snapshot> parse_snapshot(std::string_view text) {
    MachineLines lines(text);
    if (!lines.next() || lines.line() != "rdmpath machine 1")
        return fail(EINVAL, std::max<std::size_t>(lines.number(), 1), ": the first line is not \"rdmpath machine 1\"");
    Parser parser;
    std::size_t section = 1;
    while (lines.next()) {
        if (lines.line().front() == '[') {
            TRY(parser.end_section(), section);
            section = lines.number();
        }
        TRY(parser.line(lines.line()), lines.number());
    }
    TRY(parser.end_section(), section);
    return std::move(parser.all);
}

std::string snapshot_text(Snapshot&& all) {
    std::string out = "rdmpath machine 1\n";
    auto cmdline = all.find(cat("file ", cmdline_file));
    if (cmdline != all.end()) {
        add_section(out, "cmdline", file_text(cmdline->second));
        all.erase(cmdline);
    }
    const auto disks = entries_below(all, "disk ");
    Snapshot sections;  // of them
    for (const auto& [name, at] : disks) sections[name] = disk_text(all, name, at);
    for (const auto& [name, at] : disks)
        out += cat(sections[name], take_lines(all, cat("sysfs ", device_directory(at), '/'), "device/"));
    add_section(out, "sysfs", take_lines(all, "sysfs ", ""));
    add_sections(out, all, "map ", [](std::string_view lines) { return std::string(lines); });
    if (auto error = all.find("maps"); error != all.end()) add_section(out, "maps", cat(error->second, '\n'));
    add_section(out, "files", take_lines(all, "files ", ""));
    add_sections(out, all, "file ", file_text);
    return out;
}

}  // namespace rdm
