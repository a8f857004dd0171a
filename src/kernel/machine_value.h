// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "kernel/clock.h"
#include "kernel/scsi.h"

namespace rdm {

/// What a disk answers to one command, and when.
struct MachineAnswer {
    bool hangs = false;  ///< never answers; everything else is unset then
    ScsiAnswer answer;   ///< `id` is unused
    Milliseconds after{0};
};
[[nodiscard]] bool operator==(const MachineAnswer& a, const MachineAnswer& b);

/// How a machine text calls a command: "tur", "inquiry", "vpd 83", "rtpg", "read", "netapp", "ana".
[[nodiscard]] std::string command_key(const ScsiRequest& request);
[[nodiscard]] bool is_command_key(std::string_view key);

/// Both sides of the first "=", trimmed; empty ones if there is none.
struct KeyValue {
    std::string_view key;
    std::string_view value;
};
[[nodiscard]] KeyValue key_value(std::string_view line);
/// Takes the first word off a line.
std::string_view take_word(std::string_view& rest);

/// The reverse of escape(): \xNN becomes its byte, everything else stays.
[[nodiscard]] std::string unescape(std::string_view text);

/// Names and paths: all but letters, digits and /._:-+@,!~ as \xNN, so that they are one word; unescape() reads them.
[[nodiscard]] std::string machine_name_text(std::string_view name);

/// The bytes of an attribute from one of three forms, and the form that suits some bytes best:
///   running              these characters and the newline that ends nearly every attribute of sysfs
///   "a \x22quoted\x22"   exactly the bytes between the quotes, as escape() writes them
///   hex 00 83 00 14      exactly these bytes
/// nullopt: quotes or hex digits that are not complete, and what begins as an error does.
[[nodiscard]] std::optional<std::string> machine_value(std::string_view text);
[[nodiscard]] std::string machine_value_text(std::string_view bytes);
[[nodiscard]] std::string machine_quoted(std::string_view bytes);  ///< the second form

/// "error EACCES", "error 113", "error ENODEV "what it says"": why something is not known; without a text the error
/// says its name. Code 0: it is nothing of this.
[[nodiscard]] Error machine_error(std::string_view text);
[[nodiscard]] std::string machine_error_text(const Error& error);

/// What a path leads to, as it stands behind the path in a line, names and bytes in the forms above:
///   "= 0"            a file
///   "= error EACCES" why it is not known
///   "/ = sda sdb"    the names in a directory
///   "-> /devices/…"  where a link points, from the root
[[nodiscard]] std::string machine_file(std::string_view bytes);
[[nodiscard]] std::string machine_failure(int code);
[[nodiscard]] std::string machine_directory(const std::vector<std::string>& names);
[[nodiscard]] std::string machine_link(std::string_view place);
/// The same, as those write it; "" if it is nothing of this. `text`: without the "/" of a directory.
[[nodiscard]] std::string machine_node(std::string_view text, bool is_directory);

/// "00 83 0014": pairs of hex digits, blanks between pairs as one likes; nullopt for anything else.
[[nodiscard]] std::optional<Buffer> machine_hex(std::string_view text);
/// " 00 83 00 14"; more than 32 bytes go to indented lines of their own.
[[nodiscard]] std::string machine_hex_text(Bytes bytes);

/// What a disk answers, but for when: "good", "hex …" (good, with data), "sense 2 04 0b", "status 0x18", "host 0x01",
/// an error (it could not be sent at all), "hang". false: anything else.
bool machine_answer(std::string_view text, MachineAnswer& answer);
[[nodiscard]] std::string machine_answer_text(const MachineAnswer& answer);

/// The same with an "after 3ms" behind it, for tests.
[[nodiscard]] std::optional<MachineAnswer> timed_answer(std::string_view text);
/// "3ms", "1.5s", "2s": at most three decimals.
[[nodiscard]] std::optional<Milliseconds> machine_time(std::string_view text);

}  // namespace rdm
