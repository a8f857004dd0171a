// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <cstdint>
#include <string_view>

#include "config/config.h"
#include "kernel/files.h"

namespace rdm {

/// Whether a file is the main one: a regular expression or a reservation key that cannot be understood is then an
/// error.
enum class ConfigRole : std::uint8_t { main, addition };

/// Adds what a multipath.conf says to `config`: new entries stand behind those that are there, nothing is merged yet
/// (config/merge.h), and for defaults and overrides the last value counts. `file`: the index of the file's name in
/// config.files. `files`: as read_value() takes it.
///
/// What is wrong is added to config.problems, one line each, and reading goes on as multipath-tools does it: an unknown
/// word is left out, but a section of an unknown name is read as if its lines stood around it, so that its "}" ends the
/// section around it. Nothing in a text makes it fail. Source: decisions.md 2.1 and 2.2.
void parse_config(Config& config, std::string_view text, std::uint8_t file, ConfigRole role, const Files& files);

}  // namespace rdm
