// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/text.h"

#include <gtest/gtest.h>

#include <cerrno>
#include <cstring>
#include <limits>

#include "base/result.h"

namespace rdm {
namespace {

TEST(Text, CatJoinsEveryKindOfPiece) {
    std::string text = "sda";
    std::string_view view = std::string_view("sdb and more").substr(0, 3);
    EXPECT_EQ(cat(text, ' ', view, ": ", 8, ':', 16U), "sda sdb: 8:16");
    EXPECT_EQ(cat(safe(std::string("a\nb")), safe("\x7f"), safe(view)), "a\\x0ab\\x7fsdb");
    EXPECT_EQ(cat(std::numeric_limits<long long>::min(), ' ', -1, ' ', std::numeric_limits<long long>::max()),
              "-9223372036854775808 -1 9223372036854775807");
    EXPECT_EQ(cat(std::numeric_limits<unsigned long long>::max(), ' ', 0U, ' ', std::uint8_t{255}),
              "18446744073709551615 0 255");
    EXPECT_EQ(cat("", std::string(), std::string_view()), "");
}

TEST(Text, NumberTakesWholeTextWithinTheTypesRange) {
    EXPECT_EQ(number<unsigned>("4294967295"), 4294967295U);
    EXPECT_EQ(number<int>("-2147483648"), std::numeric_limits<int>::min());
    EXPECT_EQ(number<long long>("-9223372036854775808"), std::numeric_limits<long long>::min());
    EXPECT_EQ(number<unsigned long long>("18446744073709551615"), std::numeric_limits<unsigned long long>::max());
    EXPECT_EQ(number<std::uint8_t>("fF", 16), 255);
    EXPECT_EQ(number<unsigned>("007"), 7U);
    for (const char* bad : {"", " 1", "1 ", "+1", "-", "-1", "4294967296", "1x", "0x1", "f", "18446744073709551616",
                            "99999999999999999999999"})
        EXPECT_EQ(number<unsigned>(bad), std::nullopt) << bad;
    for (const char* bad : {"2147483648", "-2147483649", "--1", "-", "-9223372036854775809", "+1"})
        EXPECT_EQ(number<int>(bad), std::nullopt) << bad;
    EXPECT_EQ(number<long long>("9223372036854775808"), std::nullopt);
    EXPECT_EQ(number<unsigned>("8", 8), std::nullopt);
    EXPECT_EQ(number<unsigned>("g", 16), std::nullopt);
}

TEST(Text, TrimsAndSplits) {
    EXPECT_EQ(trim(std::string_view(" \t x y\r\n\0\0", 10)), "x y");
    EXPECT_EQ(words(" 0  8\tmultipath\n"), (std::vector<std::string_view>{"0", "8", "multipath"}));
    EXPECT_EQ(lines("a\n\nb"), (std::vector<std::string_view>{"a", "", "b"}));
}

Result<int> failing(int code) { return fail(code, "sda", ": ", 7); }
Result<int> system_call(int code) {
    errno = code;
    return fail_errno("epoll: fd ", 3);
}
Result<int> alone(int code) {
    errno = code;
    return fail_errno();
}
Result<std::string> above(Result<int> (*below)(int), int code) {
    return cat(TRY(below(code), "map ", std::string("m")));
}

TEST(Result, ErrorsCarryTheirSubjectsOutermostFirst) {
    EXPECT_EQ(failing(EPROTO).error(), (Error{EPROTO, "sda: 7"}));
    EXPECT_EQ(above(failing, ENXIO).error(), (Error{ENXIO, "map m: sda: 7"}));
    EXPECT_EQ(above(system_call, EBADF).error(), (Error{EBADF, cat("map m: epoll: fd 3: ", std::strerror(EBADF))}));
    EXPECT_EQ(alone(ENOENT).error(), (Error{ENOENT, std::strerror(ENOENT)}));
}

}  // namespace
}  // namespace rdm
