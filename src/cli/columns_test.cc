// SPDX-License-Identifier: GPL-2.0-or-later
// Expectations: drawn by hand.
#include "cli/columns.h"

#include <gtest/gtest.h>

namespace rdm {
namespace {

TEST(Columns, Lines) {
    struct {
        std::string_view name, rows, want;
    } rows[] = {
        {"nothing", "", ""},
        {"aligned", "sda\t8:0\tup\nsdab\t65:176\tdown\n", "sda   8:0     up\nsdab  65:176  down\n"},
        {"empty column", "a\t\tx\nb\t\ty\n", "a  x\nb  y\n"},
        {"empty cell", "a\t1\tx\nb\t\ty\n", "a  1  x\nb     y\n"},
        {"no blanks at the end", "a\t1\nbb\t\nc\n", "a   1\nbb\nc\n"},
        {"empty row", "\na\n", "\na\n"},
    };
    for (auto& row : rows) EXPECT_EQ(columns(row.rows), row.want) << row.name;
}

TEST(Columns, Facts) {
    EXPECT_EQ(facts_text("disk\t64 MiB\t\ngrouping\t1 group\tall alike\nstate\tup\tTUR\nkernel\topened 12 times\t\n"),
              "  disk      64 MiB\n"
              "  grouping  1 group  all alike\n"
              "  state     up       TUR\n"
              "  kernel    opened 12 times\n");
}

}  // namespace
}  // namespace rdm
