// SPDX-License-Identifier: GPL-2.0-or-later
// Expectations: RFC 8259. tests/cli.bats lets an independent parser read the program's whole output.
#include "cli/json_writer.h"

#include <gtest/gtest.h>

namespace rdm {
namespace {

TEST(JsonWriter, Strings) {
    struct {
        std::string_view text, want;
    } rows[] = {
        {"", R"("")"},
        {"OPEN-V", R"("OPEN-V")"},
        {"a\"b\\c/d", R"("a\"b\\c/d")"},
        {"a\nb\tc", R"("a\u000ab\u0009c")"},
        {std::string_view("a\0b", 3), R"("a\u0000b")"},
        {"\x1f \x7f", R"("\u001f \u007f")"},
        {"\xc3\xa9", R"("\u00c3\u00a9")"},  // UTF-8: its bytes, as nobody knows what a disk means
        {"\xff\xc0", R"("\u00ff\u00c0")"},  // not UTF-8
    };
    for (auto& row : rows) {
        JsonWriter json;
        json.value(row.text);
        EXPECT_EQ(json.take(), cat(row.want, '\n'));
    }
}

TEST(JsonWriter, Values) {
    JsonWriter json;
    const std::string none;
    json.object("yes no none? empty less most text seven", true, false, none, none, -1, 18446744073709551615u, "x\n",
                safe("7"));
    EXPECT_EQ(json.take(), R"({
  "yes": true,
  "no": false,
  "none": null,
  "empty": "",
  "less": -1,
  "most": 18446744073709551615,
  "text": "x\u000a",
  "seven": 7
}
)");
}

TEST(JsonWriter, Nesting) {
    JsonWriter json;
    json.begin_object();
    json.members("version", 1);
    json.key("none");
    json.begin_array();
    json.end_array();
    json.key("maps");
    json.begin_array();
    json.object("name", std::string("a"));
    json.begin_object();
    json.end_object();
    json.end_array();
    json.end_object();
    EXPECT_EQ(json.take(), R"({
  "version": 1,
  "none": [],
  "maps": [
    {
      "name": "a"
    },
    {}
  ]
}
)");
}

}  // namespace
}  // namespace rdm
