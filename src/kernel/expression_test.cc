// SPDX-License-Identifier: GPL-2.0-or-later
// Expectations: the regcomp() and regexec() of the C library that the tests are built with, glibc's in the C locale.
#include "kernel/expression.h"

#include <gtest/gtest.h>
#include <regex.h>

#include <random>
#include <string>

namespace rdm {
namespace {

/// What both say of a pattern in each text: "-" for no expression, else "0" and "1".
std::string theirs(const std::string& pattern, const std::vector<std::string>& texts) {
    regex_t compiled;
    if (::regcomp(&compiled, pattern.c_str(), REG_EXTENDED | REG_NOSUB) != 0) return "-";
    std::string said;
    for (const auto& text : texts) said += ::regexec(&compiled, text.c_str(), 0, nullptr, 0) == 0 ? '1' : '0';
    ::regfree(&compiled);
    return said;
}
std::string ours(const std::string& pattern, const std::vector<std::string>& texts) {
    auto compiled = Expression::compile(pattern);
    if (!compiled) return "-";
    std::string said;
    for (const auto& text : texts) said += compiled->is_in(text) ? '1' : '0';
    return said;
}

std::string any(std::mt19937& chance, const std::vector<std::string>& pieces, unsigned most) {
    std::string text;
    for (auto left = chance() % (most + 1); left > 0; --left) text += pieces[chance() % pieces.size()];
    return text;
}

TEST(Expression, AsGlibc) {
    const std::vector<std::string> patterns = {
        "a",         "b",    "c",   "-",   "[",   "]",   "(",   ")",     "{",   "}",     "*",           "+",   "?", "|",
        "^",         "$",    ".",   "\\",  "1",   "2",   "3",   ",",     " ",   "_",     ":",           "=",   "A", "/",
        "[:alpha:]", "[^b]", "\\w", "\\b", "\\<", "\\>", "\\B", "[a-c]", "\\s", "{1,2}", "[[:digit:]]", "\xc3"};
    const std::vector<std::string> pieces = {"a", "b", "c", "1", "2", "-",    " ",  "_", "A", "/",
                                             "]", "[", "(", "{", ".", "\xc3", "\\", "^", "$", "*"};
    std::mt19937 chance(1);
    int sound = 0;
    for (int i = 0; i < 6000; ++i) {
        auto pattern = any(chance, patterns, 9);
        // Without back references, and without "{1\,2}", which glibc takes for "{1,2}".
        auto slash = pattern.find('\\');
        bool left_out = false;
        for (; slash != std::string::npos && slash + 1 < pattern.size(); slash = pattern.find('\\', slash + 2))
            left_out = left_out || std::string_view("123,").contains(pattern[slash + 1]);
        if (left_out) continue;
        std::vector<std::string> texts;
        for (int k = 0; k < 5; ++k) texts.push_back(any(chance, pieces, 6));
        auto want = theirs(pattern, texts);
        ASSERT_EQ(ours(pattern, texts), want) << pattern;
        sound += want != "-";
    }
    EXPECT_GT(sound, 1500);
}

TEST(Expression, Users) {
    const std::vector<std::string> texts = {"",
                                            "sda",
                                            "nvme0n1",
                                            "dasda",
                                            "OPEN-V",
                                            "HITACHI",
                                            "S/390 DASD ECKD",
                                            "3600a098",
                                            "cciss!c0d0",
                                            "ID_WWN_X",
                                            "SCSI_IDENT_SERIAL",
                                            "LUN C-Mode",
                                            "MSA 2050 SAN"};
    for (const char* pattern : {"^(sd[a-z]|dasd[a-z]|nvme[0-9])",
                                "(SCSI_IDENT_|ID_WWN)",
                                "^(ram|raw|loop|fd|md|dm-|sr|scd|st)[0-9]*",
                                "^hd[a-z]",
                                "^cciss.*",
                                "cciss!c[0-9]d[0-9]*[p[0-9]*]",
                                "^sd[a-z]$",
                                ".*",
                                "*",
                                "^$",
                                "",
                                "S/390.*",
                                "(NETAPP|LSI|ENGENIO)",
                                "^3600",
                                "MSA [12]0[4567]0 (SAN|SAS|FC|iSCSI)",
                                "[[:space:]]",
                                "a{2,1}",
                                "a{",
                                "(",
                                "[",
                                "x|",
                                "()",
                                "\\",
                                "\\(x\\)",
                                "SAN ARRAY$"})
        EXPECT_EQ(ours(pattern, texts), theirs(pattern, texts)) << pattern;
}

TEST(Expression, BackReferencesAreFoundNowhere) {
    EXPECT_EQ(ours("(a)\\1", {"aa"}), "0");
    EXPECT_EQ(ours("\\1", {""}), "-");
}

TEST(Expression, NothingTakesForEver) {
    EXPECT_EQ(ours("(a*)*b", {std::string(5000, 'a')}), "0");
    EXPECT_EQ(ours(std::string(5000, '('), {""}), "-");
    EXPECT_EQ(ours("((((a{99}){99}){99}){99}){99}", {""}), "-");
}

}  // namespace
}  // namespace rdm
