// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/format.h"

#include <cstdint>
#include <cstring>

namespace rdm {

namespace {

bool is_blank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

/// Takes the digits at the front.
std::size_t take_size(const char*& at) {
    std::size_t size = 0;
    for (; *at >= '0' && *at <= '9'; ++at) size = size * 10 + static_cast<std::size_t>(*at - '0');
    return size;
}

/// Takes "l", "ll", "z" or "h"; true if the integer is a long one.
bool take_length(const char*& at) {
    const char* begin = at;
    while (*at == 'l' || *at == 'z' || *at == 'h') ++at;
    return at != begin && *begin != 'h';
}

class Formatter {
public:
    Formatter(char* text, std::size_t size) : text_(text), size_(size) {}

    void put(char c) {
        if (count_ + 1 < size_) text_[count_] = c;
        ++count_;
    }

    int end() {
        if (size_ > 0) text_[count_ < size_ ? count_ : size_ - 1] = '\0';
        return static_cast<int>(count_);
    }

    /// A number, or a text of `size`, at the right end of the width.
    void field(const char* text, std::size_t size) {
        for (std::size_t n = size; n < width; ++n) put(' ');
        for (std::size_t n = 0; n < size; ++n) put(text[n]);
    }

    void number(std::uintmax_t value, unsigned base, bool negative) {
        char digits[24];
        char* first = digits + sizeof digits;
        std::size_t least = precision == none ? 1 : precision;
        if (zero) least = negative ? width - 1 : width;
        for (std::size_t n = 0; value != 0 || (n < least && n < 20); ++n, value /= base)
            *--first = "0123456789abcdef"[value % base];
        if (negative) *--first = '-';
        field(first, static_cast<std::size_t>(digits + sizeof digits - first));
    }

    static constexpr std::size_t none = SIZE_MAX;
    bool zero = false;
    std::size_t width = 0;
    std::size_t precision = none;

private:
    char* text_;
    std::size_t size_;
    std::size_t count_ = 0;
};

}  // namespace

int format_text(char* text, std::size_t size, const char* format, std::va_list arguments) {
    Formatter out(text, size);
    for (const char* at = format; *at; ++at) {
        if (*at != '%') {
            out.put(*at);
            continue;
        }
        out.zero = *++at == '0';
        out.width = take_size(at);
        out.precision = Formatter::none;
        if (*at == '.') out.precision = take_size(++at);
        const bool is_long = take_length(at);
        if (*at == 's') {
            const char* word = va_arg(arguments, const char*);
            if (!word) word = "(null)";
            out.field(word, ::strnlen(word, out.precision));
        } else if (*at == 'd') {
            const long value = is_long ? va_arg(arguments, long) : va_arg(arguments, int);
            const auto size_of_it = static_cast<unsigned long>(value);
            out.number(value < 0 ? 0 - size_of_it : size_of_it, 10, value < 0);
        } else if (*at == 'u' || *at == 'x') {
            const unsigned long value = is_long ? va_arg(arguments, unsigned long) : va_arg(arguments, unsigned);
            out.number(value, *at == 'x' ? 16 : 10, false);
        } else if (*at == 'p') {
            out.field("0x", 2);
            out.number(reinterpret_cast<std::uintptr_t>(va_arg(arguments, void*)), 16, false);
        } else if (*at == 'c') {
            out.put(static_cast<char>(va_arg(arguments, int)));
        } else if (*at == '%') {
            out.put('%');
        } else {
            break;
        }
    }
    return out.end();
}

namespace {

/// Reads a word of at most `width` bytes.
const char* scan_word(const char* text, std::size_t width, char* word) {
    for (; width > 0 && *text && !is_blank(*text); --width) *word++ = *text++;
    *word = '\0';
    return text;
}

/// Reads digits as %d, %u or %x does, at most `width`; nullptr if there are none.
const char* scan_number(const char* text, std::size_t width, char kind, unsigned& number) {
    const int base = kind == 'x' ? 16 : 10;
    const bool negative = kind == 'd' && *text == '-';
    if (negative) ++text;
    const char* begin = text;
    unsigned value = 0;
    for (; width > 0; --width, ++text) {
        const char c = static_cast<char>(*text | 0x20);
        const int digit = c >= 'a' ? c - 'a' + 10 : c <= '9' ? c - '0' : -1;
        if (digit < 0 || digit >= base) break;
        value = value * static_cast<unsigned>(base) + static_cast<unsigned>(digit);
    }
    if (text == begin) return nullptr;
    number = negative ? 0 - value : value;
    return text;
}

const char* skip_blanks(const char* text) {
    while (is_blank(*text)) ++text;
    return text;
}

}  // namespace

int scan_text(const char* text, const char* format, std::va_list arguments) {
    int found = 0;
    for (const char* at = format; *at; ++at) {
        if (is_blank(*at)) {
            text = skip_blanks(text);
            continue;
        }
        if (*at != '%') {
            if (*at != *text++) return found;
            continue;
        }
        text = skip_blanks(text);
        const std::size_t given = take_size(++at);
        const std::size_t width = given ? given : SIZE_MAX;
        if (*text == '\0') return found ? found : -1;
        if (*at == 's') {
            text = scan_word(text, width, va_arg(arguments, char*));
        } else {
            text = scan_number(text, width, *at, *va_arg(arguments, unsigned*));
            if (!text) return found;
        }
        ++found;
    }
    return found;
}

}  // namespace rdm
