// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/format.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <cstdio>
#include <string>

namespace rdm {
namespace {

// What is expected is the C library's answer, over every kind of format that the two libraries have.
struct Answer {
    int result;
    std::string text;
    bool operator==(const Answer&) const = default;
};

template <class Print>
Answer printed(Print print, std::size_t size, const char* format, ...) {
    std::string text(80, '#');
    std::va_list arguments;
    va_start(arguments, format);
    const int result = print(text.data(), size, format, arguments);
    va_end(arguments);
    return {result, text};
}

#define EXPECT_PRINTS_AS_LIBC(...)                   \
    for (unsigned size : {0u, 1u, 2u, 5u, 16u, 80u}) \
    EXPECT_EQ(printed(format_text, size, __VA_ARGS__), printed(std::vsnprintf, size, __VA_ARGS__)) << size

TEST(FormatText, IsTheLibrarys) {
    EXPECT_PRINTS_AS_LIBC("no conversion");
    EXPECT_PRINTS_AS_LIBC("%s/%s", "/dev/mapper", "mpatha");
    EXPECT_PRINTS_AS_LIBC("%s%.0d%s%.0d%s|", "a", 0, ":", 7, "z");
    EXPECT_PRINTS_AS_LIBC("\\x%02x\\x%02x", 0x5u, 0xffu);
    EXPECT_PRINTS_AS_LIBC("%u.%u %d %d", 0u, 4294967295u, -2147483647 - 1, 2147483647);
    EXPECT_PRINTS_AS_LIBC("%zu %lu %llu %ld", SIZE_MAX, 18446744073709551615ul, 1ull, -9223372036854775807l - 1);
    EXPECT_PRINTS_AS_LIBC("%8s|%3u|%03d|%c|100%%", "ab", 12345u, -7, 'x');
    EXPECT_PRINTS_AS_LIBC("%.3s|%.5u|%p", "abcdef", 42u, reinterpret_cast<void*>(0x1234abcd));
}

template <class Scan>
int scanned(Scan scan, const char* text, const char* format, ...) {
    std::va_list arguments;
    va_start(arguments, format);
    const int result = scan(text, format, arguments);
    va_end(arguments);
    return result;
}

TEST(ScanText, IsTheLibrarys) {
    struct {
        const char *text, *format;
    } numbers[] = {
        {"6.1.0-28-amd64", "%u.%u.%u"},
        {"6.1", "%u.%u.%u"},
        {"6.", "%u.%u.%u"},
        {"", "%u.%u.%u"},
        {"x", "%u.%u.%u"},
        {"  6. 1", "%u.%u"},
        {"-12 7", "%d %u"},
        {"1f2e3d", "%2x%2x%2x"},
        {"1G", "%2x%2x"},
        {"a,b", "%x,%x"},
        {"a;b", "%x,%x"},
        {"7\t\n8", "%u %u"},
    };
    for (const auto& row : numbers) {
        unsigned ours[3] = {99, 99, 99}, theirs[3] = {99, 99, 99};
        EXPECT_EQ(scanned(scan_text, row.text, row.format, ours, ours + 1, ours + 2),
                  scanned(std::vsscanf, row.text, row.format, theirs, theirs + 1, theirs + 2))
            << row.text;
        for (int n = 0; n < 3; ++n) EXPECT_EQ(ours[n], theirs[n]) << row.text << " in " << row.format;
    }
    for (const auto* line : {"253 device-mapper", "  8 sd\n", "10 a b", "Character devices:", "10", "10 ", ""}) {
        unsigned ours = 99, theirs = 99;
        char our_word[256] = "-", their_word[256] = "-";
        EXPECT_EQ(scanned(scan_text, line, "%u %255s", &ours, our_word),
                  scanned(std::vsscanf, line, "%u %255s", &theirs, their_word))
            << line;
        EXPECT_EQ(ours, theirs) << line;
        EXPECT_STREQ(our_word, their_word) << line;
    }
    char ours[8] = "", theirs[8] = "";
    unsigned byte = 0;
    EXPECT_EQ(scanned(scan_text, "41tail", "%2x%7s", &byte, ours),
              scanned(std::vsscanf, "41tail", "%2x%7s", &byte, theirs));
    EXPECT_STREQ(ours, theirs);
}

}  // namespace
}  // namespace rdm
