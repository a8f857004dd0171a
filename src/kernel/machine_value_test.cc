// SPDX-License-Identifier: GPL-2.0-or-later
#include "kernel/machine_value.h"

#include <gtest/gtest.h>

namespace rdm {
namespace {

TEST(MachineValue, BytesAndTheirForm) {
    struct {
        std::string_view name;
        std::string bytes;
        std::string_view form;
    } rows[] = {
        {"word", "running\n", "running"},
        {"empty line", "\n", ""},
        {"nothing", "", "\"\""},
        {"no newline", "abc", "\"abc\""},
        {"padded", "QEMU    \n", "\"QEMU    \\x0a\""},
        {"newline inside", "a\nb\n", "\"a\\x0ab\\x0a\""},
        {"quote first", "\"x\n", "\"\\x22x\\x0a\""},
        {"backslash", "a\\b", "\"a\\x5cb\""},
        {"looks like hex", "hex 00\n", "\"hex 00\\x0a\""},
        {"binary", std::string("\x00\x83\x00", 3), "hex 00 83 00"},
    };
    for (const auto& row : rows) {
        EXPECT_EQ(machine_value_text(row.bytes), row.form) << row.name;
        EXPECT_EQ(machine_value(row.form), row.bytes) << row.name;
    }
}

TEST(MachineValue, Answers) {
    constexpr std::string_view same[] = {"good",          "good after 3ms",        "hang",      "hex 00 83 after 2s",
                                         "sense 2 04 0b", "status 0x18",           "host 0x0e", "host 0x0101",
                                         "error ENODEV",  "error EIO after 1500ms"};
    for (auto form : same) {
        auto answer = machine_answer(form);
        ASSERT_TRUE(answer) << form;
        EXPECT_EQ(machine_answer_text(*answer), form);
    }
    EXPECT_EQ(machine_answer("sense 2 04 0b")->answer.status, 2) << "check condition";
    for (std::string_view bad : {"", "well", "good after", "good after x", "sense 1 2", "sense 10 00 00",
                                 "status 0x100", "host", "error EWHAT", "hex 0", "hang after 3ms", "good bye"})
        EXPECT_FALSE(machine_answer(bad)) << bad;
}

TEST(MachineValue, Times) {
    struct {
        std::string_view text;
        int want;
    } rows[] = {{"0s", 0}, {"3ms", 3}, {"1.5s", 1500}, {"0.041s", 41}, {"20s", 20000}};
    for (const auto& row : rows) EXPECT_EQ(machine_time(row.text), Milliseconds(row.want)) << row.text;
    for (std::string_view bad : {"", "s", "ms", "1", "1.s", "1.2345s", "-1s", ".5s", "1,5s"})
        EXPECT_FALSE(machine_time(bad)) << bad;
}

TEST(MachineValue, Unescape) {
    EXPECT_EQ(unescape("a\\x0ab\\x5c"), "a\nb\\");
    for (std::string_view bad : {"\\", "\\x", "\\x0", "\\n", "\\xg0"}) EXPECT_FALSE(unescape(bad)) << bad;
}

}  // namespace
}  // namespace rdm
