// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <string_view>

namespace rdm {

enum class Stream { output = 1, error = 2 };

/// Writes all of it, past any buffer. false: not all of it could be written (a full disk, a closed pipe).
bool print(Stream stream, std::string_view text);

}  // namespace rdm
