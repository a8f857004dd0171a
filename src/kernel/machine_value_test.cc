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
    constexpr std::string_view same[] = {
        "good",      "hang",        "hex 00 83",    "sense 2 04 0b", "status 0x18",
        "host 0x0e", "host 0x0101", "error ENODEV", "error 113",     "error EIO \"sda: \\x22no\\x22 after 3ms\""};
    for (auto form : same) {
        MachineAnswer answer;
        ASSERT_TRUE(machine_answer(form, answer)) << form;
        EXPECT_EQ(machine_answer_text(answer), form);
        EXPECT_EQ(timed_answer(form), answer);
    }
    EXPECT_EQ(timed_answer("sense 2 04 0b")->answer.status, 2) << "check condition";
    EXPECT_EQ(timed_answer("hex 00 83 after 2s")->after, Milliseconds(2000));
    EXPECT_EQ(timed_answer("error EIO \"no\"")->answer.failure, Error(EIO, "no"));
    for (std::string_view bad :
         {"", "well", "good after", "good after x", "sense 1 2", "sense 10 00 00", "status 0x100", "host",
          "error EWHAT", "hex 0", "hang after 3ms", "good bye", "error EIO no quotes", "error 0"})
        EXPECT_FALSE(timed_answer(bad)) << bad;
}

TEST(MachineValue, Nodes) {
    struct {
        std::string_view text;
        bool is_directory;
        std::string_view want;
    } rows[] = {
        {" = running", false, "= running"},
        {"= hex 51 0A", false, "= Q"},
        {"= error EIO", false, "= error EIO"},
        {"= error EIO \"x\"", false, "= error EIO"},
        {"=", false, "="},
        {"-> /a b", false, "-> /a\\x20b"},
        {"-> a", false, ""},
        {"-> /a", true, ""},
        {"= b a\\x3d", true, "/ = b a\\x3d"},
        {"=", true, "/ ="},
        {"running", false, ""},
        {"= \"a", false, ""},
        {"= error", false, ""},
    };
    for (const auto& row : rows) EXPECT_EQ(machine_node(row.text, row.is_directory), row.want) << row.text;
    EXPECT_EQ(machine_file("error\n"), "= \"error\\x0a\"");
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
    for (std::string_view same : {"\\", "\\x", "\\x0", "\\n", "\\xg0"}) EXPECT_EQ(unescape(same), same);
}

TEST(MachineValue, Names) {
    EXPECT_EQ(machine_name_text("/etc/a=b c\\"), "/etc/a\\x3db\\x20c\\x5c");
    for (std::string_view name : {"a=b", "-> x", "[d]", "| f", "#", "\\x20", "\xff\n"})
        EXPECT_EQ(unescape(machine_name_text(name)), name);
}

}  // namespace
}  // namespace rdm
