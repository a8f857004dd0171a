// SPDX-License-Identifier: GPL-2.0-or-later
#include "kernel/console.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <csignal>

namespace rdm {
namespace {

struct Ends {
    Ends() {
        int both[2];
        if (::pipe2(both, O_CLOEXEC | O_NONBLOCK) != 0) std::abort();
        out = UniqueFd(both[0]);
        in = UniqueFd(both[1]);
    }
    [[nodiscard]] std::string take() const {
        char bytes[4096];
        auto size = ::read(out.get(), bytes, sizeof bytes);
        return size > 0 ? std::string(bytes, static_cast<std::size_t>(size)) : "";
    }
    UniqueFd out, in;
};

// Levels and facility: syslog(3); the form: Documentation/ABI/testing/dev-kmsg.
TEST(Console, KernelLogLine) {
    EXPECT_EQ(kernel_log_line(LogLevel::err, "a"), "<27>rdmpath: a\n");
    EXPECT_EQ(kernel_log_line(LogLevel::warn, "a"), "<28>rdmpath: a\n");
    EXPECT_EQ(kernel_log_line(LogLevel::notice, "a"), "<29>rdmpath: a\n");
    EXPECT_EQ(kernel_log_line(LogLevel::info, "a"), "<30>rdmpath: a\n");
    EXPECT_EQ(kernel_log_line(LogLevel::debug, "a"), "<31>rdmpath: a\n");
    EXPECT_LT(kernel_log_line(LogLevel::err, std::string(5000, 'x')).size(), 1000u);
}

TEST(Console, LinesGoWhereTheyShould) {
    struct {
        LogTo to;
        std::string_view error, kernel;
    } rows[] = {{LogTo::standard_error, "rdmpath: up\n", ""},
                {LogTo::kernel_log, "", "<30>rdmpath: up\n"},
                {LogTo::both, "rdmpath: up\n", "<30>rdmpath: up\n"}};
    for (auto& row : rows) {
        Ends error, kernel;
        Console console(std::move(error.in), std::move(kernel.in), row.to);
        Log(console.sink()).info("up");
        EXPECT_EQ(error.take(), row.error);
        EXPECT_EQ(kernel.take(), row.kernel);
    }
}

TEST(Console, ABrokenWayIsLeftForTheOther) {
    (void)std::signal(SIGPIPE, SIG_IGN);
    Ends error, kernel;
    Console console(std::move(error.in), std::move(kernel.in), LogTo::standard_error);
    error.out = UniqueFd();
    console.line(LogLevel::info, "one");
    console.line(LogLevel::info, "two");
    EXPECT_EQ(kernel.take(), "<30>rdmpath: one\n<30>rdmpath: two\n");
}

TEST(Console, AFullConsoleHoldsUpNobody) {
    Ends error, kernel;
    int in = error.in.get();
    ASSERT_EQ(::fcntl(in, F_SETPIPE_SZ, 4096), 4096);
    while (::write(in, "x", 1) == 1) continue;
    ASSERT_EQ(::fcntl(in, F_SETFL, 0), 0) << "blocking, as standard error is";
    Console console(std::move(error.in), std::move(kernel.in), LogTo::standard_error);
    console.line(LogLevel::info, "one");
    EXPECT_EQ(kernel.take(), "<30>rdmpath: one\n");
    EXPECT_EQ(error.take(), std::string(4096, 'x'));
    console.line(LogLevel::info, "two");
    EXPECT_EQ(error.take(), "rdmpath: two\n");
}

TEST(Console, NoKernelLogAtAll) {
    Ends error;
    Console console(std::move(error.in), UniqueFd(), LogTo::kernel_log);
    console.line(LogLevel::err, "no map");
    EXPECT_EQ(error.take(), "rdmpath: no map\n");
}

}  // namespace
}  // namespace rdm
