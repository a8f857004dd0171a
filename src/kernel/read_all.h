// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/unique_fd.h"

namespace rdm {

/// What ends a file: a pipe gives less than one asks for before its end, the kernel's own files do not.
enum class FileEnd { nothing_more, less_than_asked };

/// An open file's bytes, the first `most` of them. `path` is for errors; errno says why the file is not open.
Result<std::string> read_all(const UniqueFd& fd, std::string_view path, std::size_t most, FileEnd end);

/// The names in an open directory, sorted byte-wise, without "." and ".."; at most 131,072.
Result<std::vector<std::string>> names_in(UniqueFd directory, std::string_view path);

}  // namespace rdm
