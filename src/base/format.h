// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <cstdarg>
#include <cstddef>

namespace rdm {

// The C library's printf() and scanf(), as far as libdevmapper and libsgutils call them. musl's, with fractions, wide
// characters and arguments by number, are 16 KiB of a program of 400.

/// As vsnprintf(): flag 0, width, precision, sizes of integers, and %s %d %u %x %p %c %%. Another conversion ends the
/// text there.
int format_text(char* text, std::size_t size, const char* format, std::va_list arguments);

/// As vsscanf(): blanks, other characters as they are, and %d %u %x %s, each with a width or without.
int scan_text(const char* text, const char* format, std::va_list arguments);

}  // namespace rdm
