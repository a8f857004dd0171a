// SPDX-License-Identifier: GPL-2.0-or-later
// Expectations: drawn by hand.
#include "cli/columns.h"

#include <gtest/gtest.h>

namespace rdm {
namespace {

using Lines = std::vector<std::string>;

TEST(Columns, Lines) {
    struct {
        std::string_view name;
        std::vector<Lines> rows;
        Lines want;
    } rows[] = {
        {"nothing", {}, {}},
        {"aligned", {{"sda", "8:0", "up"}, {"sdab", "65:176", "down"}}, {"sda   8:0     up", "sdab  65:176  down"}},
        {"empty column", {{"a", "", "x"}, {"b", "", "y"}}, {"a  x", "b  y"}},
        {"empty cell", {{"a", "1", "x"}, {"b", "", "y"}}, {"a  1  x", "b     y"}},
        {"no blanks at the end", {{"a", "1"}, {"bb", ""}, {"c"}}, {"a   1", "bb", "c"}},
        {"empty row", {{}, {"a"}}, {"", "a"}},
    };
    for (auto& row : rows) EXPECT_EQ(columns(row.rows), row.want) << row.name;
}

}  // namespace
}  // namespace rdm
