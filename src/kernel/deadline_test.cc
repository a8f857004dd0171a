// SPDX-License-Identifier: GPL-2.0-or-later
#include "kernel/deadline.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cstdlib>

#include "base/text.h"

namespace rdm {
namespace {

using namespace std::chrono_literals;

TEST(Deadline, BeginsOnceAndEnds) {
    char directory[] = "/tmp/deadline-XXXXXX";
    ASSERT_NE(::mkdtemp(directory), nullptr);
    auto file = cat(directory, "/a/b/8:16");
    EXPECT_FALSE(time_left(file, 0s).value().has_value());
    EXPECT_EQ(*time_left(file, 30s).value(), 30s);
    auto left = time_left(file, 500s).value();  // the first one counts
    ASSERT_TRUE(left);
    EXPECT_LE(*left, 30s);
    EXPECT_GT(*left, 20s);
    timespec past[] = {{.tv_sec = 5, .tv_nsec = 0}, {.tv_sec = 5, .tv_nsec = 0}};
    ASSERT_EQ(::utimensat(AT_FDCWD, file.c_str(), past, 0), 0);
    EXPECT_LT(*time_left(file, 500s).value(), 0us);
    EXPECT_EQ(time_left("/proc/none/8:16", 3s).error().what(), "/proc/none/8:16: No such file or directory");
    EXPECT_EQ(std::system(cat("rm -r ", directory).c_str()), 0);
}

TEST(Deadline, Environment) {
    ::setenv("RDM_TEST", "0", 1);
    EXPECT_EQ(environment("RDM_TEST"), "0");
    ::unsetenv("RDM_TEST");
    EXPECT_EQ(environment("RDM_TEST"), "");
}

}  // namespace
}  // namespace rdm
