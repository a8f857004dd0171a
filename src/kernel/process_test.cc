// SPDX-License-Identifier: GPL-2.0-or-later
#include "kernel/process.h"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>

namespace rdm {
namespace {

TEST(Process, WhatAnInitramfsIs) {
    struct {
        std::string_view name;
        bool release;
        unsigned long file_system;
        bool want;
    } rows[] = {
        // Numbers from statfs(2).
        {"systemd's image", true, 0xef53, true}, {"tmpfs", false, 0x01021994, true}, {"ramfs", false, 0x858458f6, true},
        {"ext4", false, 0xef53, false},          {"xfs", false, 0x58465342, false},  {"unknown", false, 0, false},
    };
    for (const auto& row : rows) EXPECT_EQ(is_initramfs(row.release, row.file_system), row.want) << row.name;
}

TEST(Process, ProcIsReadThroughItsDescriptor) {
    char name[] = "/tmp/rdmpath-proc-XXXXXX";
    std::filesystem::path top = ::mkdtemp(name);
    std::filesystem::create_directories(top / "proc/self");
    std::ofstream(top / "proc/cmdline") << "rd.mpath=1 root=LABEL=root\n";
    std::ofstream(top / "proc/self/oom_score_adj") << "";
    auto proc = Proc::open(top / "proc");
    ASSERT_TRUE(proc);
    std::filesystem::rename(top / "proc", top / "moved");
    EXPECT_EQ(proc->cmdline(), "rd.mpath=1 root=LABEL=root");
    EXPECT_TRUE(proc->spare_from_oom());
    std::string score;
    std::ifstream(top / "moved/self/oom_score_adj") >> score;
    EXPECT_EQ(score, "-1000");
    std::filesystem::remove_all(top);
    EXPECT_EQ(proc->cmdline().error(), (Error{ENOENT, "kernel command line: No such file or directory"}));
    EXPECT_EQ(Proc::open(top / "proc").error().code(), ENOENT);
}

TEST(Process, AResidentIgnoresHangUpsAndComesFirst) {
    auto proc = Proc::open();
    if (!proc) GTEST_SKIP() << proc.error().what();
    pid_t child = ::fork();  // not in the test's own process: it would lock the sanitizer's memory
    if (child == 0) {
        struct sigaction hup{};
        char argv0[] = "rdmpath";
        rlimit none{0, 0};
        rlimit all{40, 40};  // getrlimit(2): 20 minus the lowest nice value
        (void)::setrlimit(RLIMIT_MEMLOCK, &none);
        const int want = ::setrlimit(RLIMIT_NICE, &all) == 0 ? -20 : ::getpriority(PRIO_PROCESS, 0);
        (void)::setuid(65534);
        auto missed = become_resident(argv0, *proc);
        (void)::sigaction(SIGHUP, nullptr, &hup);
        bool marked = argv0[0] == (in_initramfs() ? '@' : 'r');
        ::_exit(hup.sa_handler == SIG_IGN && marked && ::getpriority(PRIO_PROCESS, 0) == want ? 0 : 1);
    }
    int status = 1;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    EXPECT_EQ(status, 0);
}

}  // namespace
}  // namespace rdm
