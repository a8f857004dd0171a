// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "kernel/machine.h"

namespace rdm {

/// The reverse of escape(): \xNN becomes its byte; nullopt if a backslash is followed by anything else.
[[nodiscard]] std::optional<std::string> unescape(std::string_view text);

/// The bytes of an attribute from one of three forms, and the form that suits some bytes best:
///   running              these characters and the newline that ends nearly every attribute of sysfs
///   "a \x22quoted\x22"   exactly the bytes between the quotes, as escape() writes them
///   hex 00 83 00 14      exactly these bytes
[[nodiscard]] std::optional<std::string> machine_value(std::string_view text);
[[nodiscard]] std::string machine_value_text(std::string_view bytes);

/// "00 83 0014": pairs of hex digits, blanks between pairs as one likes; nullopt for anything else.
[[nodiscard]] std::optional<Buffer> machine_hex(std::string_view text);
/// "00 83 00 14"; more than 32 bytes go to indented lines of their own.
[[nodiscard]] std::string machine_hex_text(Bytes bytes);

/// "3ms", "1.5s", "2s": at most three decimals.
[[nodiscard]] std::optional<Milliseconds> machine_time(std::string_view text);
[[nodiscard]] std::string machine_time_text(Milliseconds time);

/// What a disk answers: "good", "hex …" (good, with data), "sense 2 04 0b", "status 0x18", "host 0x01", "error ENODEV"
/// (could not be sent at all), "hang"; all but the last may end in "after 3ms".
[[nodiscard]] std::optional<MachineAnswer> machine_answer(std::string_view text);
[[nodiscard]] std::string machine_answer_text(const MachineAnswer& answer);

}  // namespace rdm
