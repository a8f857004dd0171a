// SPDX-License-Identifier: GPL-2.0-or-later
#include "kernel/machine_value.h"

#include <algorithm>
#include <cerrno>

namespace rdm {

namespace {

/// Names in place: a pointer to each would be a relocation.
struct NamedErrno {
    std::uint8_t code;
    char name[11];
};
constexpr NamedErrno errnos[] = {
    {ENODEV, "ENODEV"},       {ENXIO, "ENXIO"},     {EIO, "EIO"},       {EPERM, "EPERM"},   {EACCES, "EACCES"},
    {ENOENT, "ENOENT"},       {EBUSY, "EBUSY"},     {ENOMEM, "ENOMEM"}, {EINVAL, "EINVAL"}, {ENOTTY, "ENOTTY"},
    {ENOSPC, "ENOSPC"},       {EAGAIN, "EAGAIN"},   {EPROTO, "EPROTO"}, {EINTR, "EINTR"},   {ENOTSUP, "ENOTSUP"},
    {ETIMEDOUT, "ETIMEDOUT"}, {ENODATA, "ENODATA"}, {EFBIG, "EFBIG"}};

/// All but VPD pages.
struct NamedCommand {
    ScsiCommand command;
    char name[8];
};
constexpr NamedCommand commands[] = {
    {ScsiCommand::inquiry, "inquiry"},
    {ScsiCommand::test_unit_ready, "tur"},
    {ScsiCommand::report_target_port_groups, "rtpg"},
    {ScsiCommand::read, "read"},
    {ScsiCommand::netapp_attributes, "netapp"},
    {ScsiCommand::nvme_ana, "ana"},
};

bool is_printable(char c) { return c >= 0x20 && c < 0x7f; }
bool is_readable(char c) { return is_printable(c) || c == '\n' || c == '\t'; }
bool is_no_quote(char c) { return c != '"'; }
bool is_name_character(char c) {
    constexpr std::string_view others = "/._:-+@,!~";
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || others.contains(c);
}

bool all(std::string_view text, bool (*is)(char)) {
    for (char c : text)
        if (!is(c)) return false;
    return true;
}

bool plain(std::string_view bytes) {
    if (!bytes.ends_with('\n')) return false;
    bytes.remove_suffix(1);
    return all(bytes, is_printable) && trim(bytes).size() == bytes.size() && !bytes.starts_with('"') &&
           !bytes.starts_with("hex") && !bytes.starts_with("error");
}

std::string hex_byte(unsigned value) {
    auto byte = static_cast<std::uint8_t>(value);
    return hex({&byte, 1});
}

/// escape(), and what `keep` does not want.
std::string escape_more(std::string_view bytes, bool (*keep)(char)) {
    std::string text;
    for (char c : escape(bytes))
        text += c == '\\' || keep(c) ? std::string(1, c) : cat("\\x", hex_byte(static_cast<std::uint8_t>(c)));
    return text;
}

/// A number in hex, "0x" in front or not; more than 16 bits for anything else.
unsigned hex_number(std::string_view text) {
    if (text.starts_with("0x")) text.remove_prefix(2);
    auto value = number<std::uint16_t>(text, 16);
    return value ? *value : 0x10000U;
}

}  // namespace

std::string command_key(const ScsiRequest& request) {
    if (request.command == ScsiCommand::vpd) return cat("vpd ", hex_byte(request.page));
    for (const auto& one : commands)
        if (one.command == request.command) return one.name;
    return {};
}

bool is_command_key(std::string_view key) {
    if (key.starts_with("vpd ")) return key.size() == 6 && hex_number(key.substr(4)) <= 0xff;
    return std::ranges::any_of(commands, [&](const NamedCommand& one) { return key == one.name; });
}

KeyValue key_value(std::string_view line) {
    auto split = line.find('=');
    if (split == std::string_view::npos) return {};
    return {trim(line.substr(0, split)), trim(line.substr(split + 1))};
}

std::string_view take_word(std::string_view& rest) {
    rest = trim(rest);
    auto word = rest.substr(0, rest.find_first_of(" \n"));
    rest = trim(rest.substr(word.size()));
    return word;
}

std::string unescape(std::string_view text) {
    std::string bytes;
    while (!text.empty()) {
        auto value = text.starts_with("\\x") ? hex_number(text.substr(2, 2)) : 0x10000U;
        const bool escaped = value <= 0xff && text.size() >= 4;
        bytes += escaped ? static_cast<char>(value) : text.front();
        text.remove_prefix(escaped ? 4 : 1);
    }
    return bytes;
}

std::string machine_quoted(std::string_view bytes) { return cat('"', escape_more(bytes, is_no_quote), '"'); }

std::string machine_name_text(std::string_view name) { return escape_more(name, is_name_character); }

std::optional<std::string> machine_value(std::string_view text) {
    text = trim(text);
    if (text.starts_with('"')) {
        if (text.size() < 2 || !text.ends_with('"')) return std::nullopt;
        return unescape(text.substr(1, text.size() - 2));
    }
    if (auto rest = text; take_word(rest) == "hex") {
        auto bytes = machine_hex(text.substr(3));
        if (!bytes) return std::nullopt;
        return std::string(bytes->begin(), bytes->end());
    }
    if (text.starts_with("error")) return std::nullopt;
    return cat(text, '\n');
}

std::string machine_value_text(std::string_view bytes) {
    if (plain(bytes)) return std::string(bytes.substr(0, bytes.size() - 1));
    return all(bytes, is_readable) ? machine_quoted(bytes) : cat("hex", machine_hex_text(bytes_of(bytes)));
}

Error machine_error(std::string_view text) {
    if (take_word(text) != "error") return {};
    auto name = take_word(text);
    int code = number<std::uint16_t>(name).value_or(0);
    for (const auto& known : errnos)
        if (known.name == name) code = known.code;
    auto what = text.starts_with('"') ? machine_value(text).value_or("") : std::string(text.empty() ? name : "");
    if (what.empty()) return {};
    return {code, std::move(what)};
}

std::string machine_error_text(const Error& error) {
    auto text = cat("error ", error.code());
    for (const auto& known : errnos)
        if (known.code == error.code()) text = cat("error ", known.name);
    if (error.what().empty() || text.substr(6) == error.what()) return text;
    return cat(text, ' ', machine_quoted(error.what()));
}

std::string machine_file(std::string_view bytes) {
    auto value = machine_value_text(bytes);
    return cat(value.empty() ? "=" : "= ", value);
}

std::string machine_failure(int code) { return cat("= ", machine_error_text(Error(code, ""))); }

std::string machine_directory(const std::vector<std::string>& names) {
    std::string text = "/ =";
    for (const auto& name : names) text += cat(' ', machine_name_text(name));
    return text;
}

std::string machine_link(std::string_view place) { return cat("-> /", machine_name_text(place)); }

std::string machine_node(std::string_view text, bool is_directory) {
    text = trim(text);
    if (text.starts_with("->")) {
        text = trim(text.substr(2));
        return text.starts_with('/') && !is_directory ? machine_link(unescape(text.substr(1))) : "";
    }
    if (!text.starts_with('=')) return "";
    text = trim(text.substr(1));
    if (is_directory) {
        std::vector<std::string> names;
        for (auto word : words(text)) names.push_back(unescape(word));
        return machine_directory(names);
    }
    if (auto error = machine_error(text); error.code() != 0) return machine_failure(error.code());
    auto bytes = machine_value(text);
    return bytes ? machine_file(*bytes) : "";
}

std::optional<Buffer> machine_hex(std::string_view text) {
    Buffer bytes;
    for (auto word : words(text)) {
        for (; !word.empty(); word.remove_prefix(2)) {
            auto byte = word.size() < 2 ? std::nullopt : number<std::uint8_t>(word.substr(0, 2), 16);
            if (!byte) return std::nullopt;
            bytes.push_back(*byte);
        }
    }
    return bytes;
}

std::string machine_hex_text(Bytes bytes) {
    constexpr std::size_t row = 32;
    std::string text;
    for (std::size_t at = 0; at < bytes.size(); ++at) {
        if (bytes.size() > row && at % row == 0) text += "\n   ";
        text += cat(' ', hex_byte(bytes[at]));
    }
    return text;
}

bool machine_answer(std::string_view text, MachineAnswer& to) {
    to = {};
    auto& answer = to.answer;
    auto rest = text;
    auto kind = take_word(rest);
    auto error = machine_error(text);
    if (error.code() != 0) answer.failure = std::move(error);
    if (answer.failure) return true;
    if (kind == "hex") {
        auto data = machine_hex(rest);
        if (data) answer.data = std::move(*data);
        return data.has_value();
    }
    to.hangs = kind == "hang";
    if (kind == "good" || kind == "hang") return rest.empty();
    auto code = hex_number(take_word(rest));
    if (kind == "sense") {
        auto asc = hex_number(take_word(rest));
        auto ascq = hex_number(rest);
        if (code > 15 || asc > 0xff || ascq > 0xff) return false;
        answer.status = 2;
        answer.sense =
            Sense{static_cast<std::uint8_t>(code), static_cast<std::uint8_t>(asc), static_cast<std::uint8_t>(ascq)};
        return true;
    }
    if (kind == "status" && code <= 0xff) answer.status = static_cast<std::uint8_t>(code);
    if (kind == "host" && code <= 0xffff) answer.host_status = static_cast<std::uint16_t>(code);
    return (answer.status != 0 || answer.host_status != 0) && rest.empty();
}

std::string machine_answer_text(const MachineAnswer& all) {
    const auto& answer = all.answer;
    if (all.hangs) return "hang";
    if (answer.failure) return machine_error_text(*answer.failure);
    if (answer.host_status != 0)
        return cat("host 0x", answer.host_status > 0xff ? hex_byte(answer.host_status >> 8) : "",
                   hex_byte(answer.host_status));
    if (answer.sense)
        return cat("sense ", hex_byte(answer.sense->key).substr(1), ' ', hex_byte(answer.sense->asc), ' ',
                   hex_byte(answer.sense->ascq));
    if (answer.status != 0) return cat("status 0x", hex_byte(answer.status));
    return answer.data.empty() ? "good" : cat("hex", machine_hex_text(answer.data));
}

std::optional<Milliseconds> machine_time(std::string_view text) {
    if (text.ends_with("ms")) {
        auto value = number<std::uint32_t>(text.substr(0, text.size() - 2));
        if (!value) return std::nullopt;
        return Milliseconds(*value);
    }
    if (!text.ends_with('s')) return std::nullopt;
    text.remove_suffix(1);
    auto point = text.find('.');
    auto seconds = number<std::uint32_t>(text.substr(0, point));
    if (!seconds) return std::nullopt;
    std::int64_t total = std::int64_t{*seconds} * 1000;
    if (point == std::string_view::npos) return Milliseconds(total);
    auto decimals = text.substr(point + 1);
    auto value = number<std::uint32_t>(decimals);
    if (!value || decimals.size() > 3) return std::nullopt;
    std::int64_t fraction = *value;
    for (auto digits = decimals.size(); digits < 3; ++digits) fraction *= 10;
    return Milliseconds(total + fraction);
}

std::optional<MachineAnswer> timed_answer(std::string_view text) {
    MachineAnswer answer;
    std::optional<Milliseconds> after = Milliseconds(0);
    if (auto split = text.rfind(" after "); split != std::string_view::npos && !text.ends_with('"')) {
        after = machine_time(trim(text.substr(split + 7)));
        text = text.substr(0, split);
    }
    if (!after || !machine_answer(trim(text), answer) || (answer.hangs && after->count() != 0)) return std::nullopt;
    answer.after = *after;
    return answer;
}

bool operator==(const MachineAnswer& a, const MachineAnswer& b) {
    return a.hangs == b.hangs && a.after == b.after && a.answer.status == b.answer.status &&
           a.answer.host_status == b.answer.host_status && a.answer.sense == b.answer.sense &&
           a.answer.data == b.answer.data && a.answer.failure == b.answer.failure;
}

}  // namespace rdm
