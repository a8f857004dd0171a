// SPDX-License-Identifier: GPL-2.0-or-later
// Expectations: date -u -d @SECONDS +%F.
#include "kernel/today.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <ctime>

#include "base/text.h"

namespace rdm {
namespace {

TEST(Today, DaysOfTheCalendar) {
    struct {
        unsigned long long seconds;
        std::string_view want;
    } rows[] = {{0, "1970-01-01"},         {951782399, "2000-02-28"},  {951782400, "2000-02-29"},
                {951868800, "2000-03-01"}, {1795737600, "2026-11-27"}, {4107542400, "2100-03-01"}};
    for (const auto& row : rows) EXPECT_EQ(day_of(row.seconds), row.want);
    for (unsigned long long day = 0; day < 60000; ++day) {
        const auto seconds = static_cast<std::time_t>(day * 86400);
        char text[16];
        std::strftime(text, sizeof text, "%F", std::gmtime(&seconds));
        ASSERT_EQ(day_of(day * 86400), text);
    }
}

TEST(Today, CanBeReproduced) {
    ASSERT_EQ(::setenv("SOURCE_DATE_EPOCH", "951782400", 1), 0);
    EXPECT_EQ(today(), "2000-02-29");
    ASSERT_EQ(::setenv("SOURCE_DATE_EPOCH", "soon", 1), 0);
    EXPECT_GT(today(), "2024");
    ::unsetenv("SOURCE_DATE_EPOCH");
}

}  // namespace
}  // namespace rdm
