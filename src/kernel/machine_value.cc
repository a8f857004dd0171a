// SPDX-License-Identifier: GPL-2.0-or-later
#include "kernel/machine_value.h"

#include <algorithm>

namespace rdm {

namespace {

struct NamedErrno {
    int code;
    std::string_view name;
};
constexpr NamedErrno errnos[] = {
    {ENODEV, "ENODEV"}, {ENXIO, "ENXIO"},   {EIO, "EIO"},         {EPERM, "EPERM"},
    {EACCES, "EACCES"}, {ENOENT, "ENOENT"}, {EBUSY, "EBUSY"},     {ENOMEM, "ENOMEM"},
    {EINVAL, "EINVAL"}, {ENOTTY, "ENOTTY"}, {ENOSPC, "ENOSPC"},   {EAGAIN, "EAGAIN"},
    {EPROTO, "EPROTO"}, {EINTR, "EINTR"},   {ENOTSUP, "ENOTSUP"}, {ETIMEDOUT, "ETIMEDOUT"}};

bool printable(char c) { return c >= 0x20 && c < 0x7f; }

/// Bytes that a person reads as text, tabs and newlines included.
bool readable(std::string_view bytes) {
    return std::ranges::all_of(bytes, [](char c) { return printable(c) || c == '\n' || c == '\t'; });
}

bool plain(std::string_view bytes) {
    if (bytes.empty() || bytes.back() != '\n') return false;
    bytes.remove_suffix(1);
    if (bytes.empty()) return true;
    return std::ranges::all_of(bytes, printable) && bytes.front() != ' ' && bytes.back() != ' ' &&
           bytes.front() != '"' && !bytes.starts_with("hex");
}

std::string quoted(std::string_view bytes) {
    std::string inner = escape(bytes);
    std::string safe;
    for (char c : inner) {
        if (c == '"') {
            safe += "\\x22";
        } else {
            safe += c;
        }
    }
    return cat('"', safe, '"');
}

std::optional<unsigned> hex_number(std::string_view text, unsigned most) {
    if (text.starts_with("0x")) text.remove_prefix(2);
    auto value = number<unsigned>(text, 16);
    if (!value || *value > most) return std::nullopt;
    return value;
}

/// The part before " after TIME", with the time put into `answer`.
std::optional<std::string_view> without_delay(std::string_view text, MachineAnswer& answer) {
    auto split = text.rfind(" after ");
    if (split == std::string_view::npos) return text;
    auto time = machine_time(trim(text.substr(split + 7)));
    if (!time) return std::nullopt;
    answer.after = *time;
    return trim(text.substr(0, split));
}

bool read_sense(std::span<const std::string_view> parts, ScsiAnswer& answer) {
    if (parts.size() != 4) return false;
    auto key = hex_number(parts[1], 15);
    auto asc = hex_number(parts[2], 255);
    auto ascq = hex_number(parts[3], 255);
    if (!key || !asc || !ascq) return false;
    answer.status = 2;
    answer.sense =
        Sense{static_cast<std::uint8_t>(*key), static_cast<std::uint8_t>(*asc), static_cast<std::uint8_t>(*ascq)};
    return true;
}

bool read_error(std::string_view name, ScsiAnswer& answer) {
    for (const auto& known : errnos) {
        if (known.name == name) answer.failure = Error{known.code, std::string(name)};
    }
    return answer.failure.has_value();
}

bool read_answer(std::string_view text, ScsiAnswer& answer) {
    auto parts = words(text);
    if (parts.empty()) return false;
    if (parts[0] == "good") return parts.size() == 1;
    if (parts[0] == "hex") {
        auto data = machine_hex(text.substr(3));
        if (data) answer.data = std::move(*data);
        return data.has_value();
    }
    if (parts[0] == "sense") return read_sense(parts, answer);
    if (parts.size() != 2) return false;
    if (parts[0] == "error") return read_error(parts[1], answer);
    auto code = hex_number(parts[1], parts[0] == "host" ? 0xffff : 0xff);
    if (!code) return false;
    if (parts[0] == "status") answer.status = static_cast<std::uint8_t>(*code);
    if (parts[0] == "host") answer.host_status = static_cast<std::uint16_t>(*code);
    return parts[0] == "status" || parts[0] == "host";
}

std::string hex_byte(unsigned value) {
    auto byte = static_cast<std::uint8_t>(value);
    return hex({&byte, 1});
}

std::string answer_text(const ScsiAnswer& answer) {
    if (answer.failure) {
        for (const auto& known : errnos) {
            if (known.code == answer.failure->code) return cat("error ", known.name);
        }
        return "error EIO";
    }
    if (answer.host_status != 0)
        return cat("host 0x", answer.host_status > 0xff ? hex_byte(answer.host_status >> 8) : "",
                   hex_byte(answer.host_status & 0xff));
    if (answer.sense)
        return cat("sense ", hex_byte(answer.sense->key).substr(1), ' ', hex_byte(answer.sense->asc), ' ',
                   hex_byte(answer.sense->ascq));
    if (answer.status != 0) return cat("status 0x", hex_byte(answer.status));
    if (!answer.data.empty()) return cat("hex ", machine_hex_text(answer.data));
    return "good";
}

}  // namespace

std::optional<std::string> unescape(std::string_view text) {
    std::string bytes;
    while (!text.empty()) {
        if (text.front() != '\\') {
            bytes += text.front();
            text.remove_prefix(1);
            continue;
        }
        if (text.size() < 4 || text[1] != 'x') return std::nullopt;
        auto byte = number<std::uint8_t>(text.substr(2, 2), 16);
        if (!byte) return std::nullopt;
        bytes += static_cast<char>(*byte);
        text.remove_prefix(4);
    }
    return bytes;
}

std::optional<std::string> machine_value(std::string_view text) {
    text = trim(text);
    if (text.starts_with('"')) {
        if (text.size() < 2 || !text.ends_with('"')) return std::nullopt;
        return unescape(text.substr(1, text.size() - 2));
    }
    if (text == "hex" || text.starts_with("hex ")) {
        auto bytes = machine_hex(text.substr(3));
        if (!bytes) return std::nullopt;
        return std::string(bytes->begin(), bytes->end());
    }
    return cat(text, '\n');
}

std::string machine_value_text(std::string_view bytes) {
    if (plain(bytes)) return std::string(bytes.substr(0, bytes.size() - 1));
    if (readable(bytes)) return quoted(bytes);
    return cat("hex ", machine_hex_text(bytes_of(bytes)));
}

std::optional<Buffer> machine_hex(std::string_view text) {
    Buffer bytes;
    for (auto word : words(text)) {
        if (word.size() % 2 != 0) return std::nullopt;
        for (; !word.empty(); word.remove_prefix(2)) {
            auto byte = number<std::uint8_t>(word.substr(0, 2), 16);
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
        if (bytes.size() > row && at % row == 0) {
            text += "\n   ";
        }
        if (at % row != 0 || bytes.size() > row) text += ' ';
        text += hex_byte(bytes[at]);
    }
    return text;
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

std::string machine_time_text(Milliseconds time) {
    if (time.count() % 1000 == 0 && time.count() > 0) return cat(time.count() / 1000, 's');
    return cat(time.count(), "ms");
}

std::optional<MachineAnswer> machine_answer(std::string_view text) {
    MachineAnswer answer;
    if (trim(text) == "hang") {
        answer.hangs = true;
        return answer;
    }
    auto rest = without_delay(trim(text), answer);
    if (!rest || !read_answer(*rest, answer.answer)) return std::nullopt;
    return answer;
}

std::string machine_answer_text(const MachineAnswer& answer) {
    if (answer.hangs) return "hang";
    std::string text = answer_text(answer.answer);
    if (answer.after.count() != 0) text += cat(" after ", machine_time_text(answer.after));
    return text;
}

bool operator==(const MachineAnswer& a, const MachineAnswer& b) {
    return a.hangs == b.hangs && a.after == b.after && a.answer.status == b.answer.status &&
           a.answer.host_status == b.answer.host_status && a.answer.sense == b.answer.sense &&
           a.answer.data == b.answer.data && a.answer.failure == b.answer.failure;
}

}  // namespace rdm
