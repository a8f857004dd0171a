// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <string>
#include <string_view>

namespace rdm {

// Text as udev and its programs make it fit for names of links, and as they print it. Source: systemd 252,
// src/shared/device-nodes.c, udev-util.c and src/basic/utf8.c; sg3_utils 1.46, src/sg_inq.c.

/// Letters, digits and #+-.:=@_
[[nodiscard]] bool is_safe_in_node_name(char c);

/// The length of the UTF-8 sequence of several bytes at the front; 0: there is none.
[[nodiscard]] std::size_t utf8_length(std::string_view text);

/// White space at the ends left out, runs of it as one "_"; then what is neither safe, "\x" nor UTF-8 as "_".
[[nodiscard]] std::string safe_name(std::string_view text);

/// What is not safe as \xNN.
[[nodiscard]] std::string escaped_name(std::string_view text);

/// In place of a value that no decision depends on.
inline constexpr std::string_view some_value = "?";

}  // namespace rdm
