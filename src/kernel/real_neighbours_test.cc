// SPDX-License-Identifier: GPL-2.0-or-later
#include "kernel/real_neighbours.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <thread>

#include "base/text.h"
#include "base/unique_fd.h"
#include "kernel/listener.h"
#include "kernel/real_files.h"

namespace rdm {
namespace {

namespace fs = std::filesystem;

struct NeighbourTree : testing::Test {
    NeighbourTree() {
        char name[] = "/tmp/rdmpath-near-XXXXXX";
        top = ::mkdtemp(name);
        fs::create_directories(top / "1");
        folder = UniqueFd(::open(top.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
        files = RealFiles(folder.get(), folder.get());
    }
    ~NeighbourTree() override { fs::remove_all(top); }
    void write(const fs::path& file, std::string_view text) const { std::ofstream(top / file) << text; }
    /// It plays /proc and /run.
    [[nodiscard]] RealNeighbours neighbours() const { return {files, folder.get(), folder.get()}; }
    fs::path top;
    UniqueFd folder;
    RealFiles files;
};

// multipathd/pidfile.c, pidfile_create(): a write lock on all of it, held as long as the daemon lives.
TEST_F(NeighbourTree, MultipathdIsThereAsLongAsItHoldsItsLock) {
    EXPECT_FALSE(neighbours().multipathd_runs()) << "no file";
    write("multipathd.pid", "1");
    EXPECT_FALSE(neighbours().multipathd_runs()) << "left behind by a dead one";
    int ready[2];
    int end[2];
    ASSERT_EQ(::pipe(ready) | ::pipe(end), 0);
    const pid_t daemon = ::fork();
    if (daemon == 0) {
        const int fd = ::open((top / "multipathd.pid").c_str(), O_WRONLY);
        struct flock lock{};
        lock.l_type = F_WRLCK;
        lock.l_whence = SEEK_SET;
        char byte = ::fcntl(fd, F_SETLK, &lock) == 0 ? 'y' : 'n';
        (void)!::write(ready[1], &byte, 1);
        ::close(end[1]);
        (void)!::read(end[0], &byte, 1);
        ::_exit(0);
    }
    char byte = 0;
    ASSERT_EQ(::read(ready[0], &byte, 1), 1);
    ASSERT_EQ(byte, 'y');
    EXPECT_TRUE(neighbours().multipathd_runs());
    EXPECT_TRUE(neighbours().multipathd_runs()) << "looking takes nothing away";
    ::close(end[1]);
    ASSERT_EQ(::waitpid(daemon, nullptr, 0), daemon);
    EXPECT_FALSE(neighbours().multipathd_runs());
    for (int fd : {ready[0], ready[1], end[0]}) ::close(fd);
}

/// Takes one question in pieces and answers as it is told.
std::string serve(const UniqueFd& listener, std::string_view reply) {
    const UniqueFd client(::accept(listener.get(), nullptr, nullptr));
    std::size_t size = 0;
    if (::recv(client.get(), &size, sizeof size, MSG_WAITALL) != sizeof size) return "no length";
    std::string command(std::min<std::size_t>(size, 1000), ' ');
    if (::recv(client.get(), command.data(), command.size(), MSG_WAITALL) < 1) return "no command";
    (void)::send(client.get(), reply.data(), reply.size(), MSG_NOSIGNAL);
    return command;
}

std::string framed(std::size_t size, std::string_view text) {
    return cat(std::string(reinterpret_cast<const char*>(&size), sizeof size), text);
}

// libmpathcmd/mpath_cmd.c, send_packet() and mpath_recv_reply(); multipathd/uxlsnr.c, client_state_machine().
TEST_F(NeighbourTree, AsksMultipathdInItsOwnWay) {
    const UniqueFd listener(::socket(AF_UNIX, SOCK_STREAM, 0));
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    constexpr std::string_view name = "/org/kernel/linux/storage/multipathd";
    name.copy(address.sun_path + 1, name.size());
    const auto length = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + 1 + name.size());
    if (::bind(listener.get(), reinterpret_cast<sockaddr*>(&address), length) != 0)
        GTEST_SKIP() << "the machine's own multipathd has the name";
    EXPECT_EQ(neighbours().multipathd_maps(), "") << "nobody listens";
    ASSERT_EQ(::listen(listener.get(), 1), 0);
    const std::string nul(1, '\0');
    struct {
        std::string_view name;
        std::string reply, want;
    } rows[] = {
        {"two maps", framed(10, cat("3600\n3601", nul)), cat("3600\n3601", nul)},
        {"no time", framed(9, cat("timeout\n", nul)), cat("timeout\n", nul)},
        {"cut short", framed(100, "3600"), ""},
        {"nothing", "", ""},
        {"no length", framed(0, ""), ""},
        {"far too long", framed(std::size_t{1} << 40, "3600"), ""},
    };
    for (const auto& row : rows) {
        std::string asked;
        std::thread daemon([&] { asked = serve(listener, row.reply); });
        auto answer = neighbours().multipathd_maps();
        daemon.join();
        EXPECT_EQ(asked, cat("show maps raw format %w", nul)) << row.name;
        EXPECT_EQ(answer, row.want) << row.name;
    }
}

// As the kernel writes it, net/unix/af_unix.c unix_seq_show(): the path of a socket ends its line.
TEST_F(NeighbourTree, UdevIsThereAsLongAsItHasItsSocket) {
    constexpr std::string_view head = "Num       RefCount Protocol Flags    Type St Inode Path\n";
    const struct {
        std::string_view name, sockets;
        bool want;
    } rows[] = {
        {"listens", "0000000000000000: 00000002 00000000 00010000 0005 01 12345 /run/udev/control\n", true},
        {"another", "0000000000000000: 00000002 00000000 00010000 0001 01 12347 /run/udev/control2\n", false},
        {"elsewhere", "0000000000000000: 00000002 00000000 00010000 0001 01 12347 /srv/run/udev/control\n", false},
        {"no name", "0000000000000000: 00000002 00000000 00010000 0001 01 12348\n", false},
        {"nobody", "", false},
    };
    fs::create_directories(top / "net");
    for (const auto& row : rows) {
        write("net/unix", cat(head, row.sockets));
        EXPECT_EQ(neighbours().udev_listens(), row.want) << row.name;
    }
}

TEST_F(NeighbourTree, UdevIsThereIfNobodyCanSay) { EXPECT_TRUE(neighbours().udev_listens()) << "no list of sockets"; }

// systemd's PID 1 executes it by its path, src/core/main.c; sysvinit's writes its title, src/init.c setproctitle().
TEST_F(NeighbourTree, KnowsThatTheSystemEnds) {
    using namespace std::string_literals;
    const struct {
        std::string_view name;
        std::string cmdline;
        bool want;
    } rows[] = {
        {"systemd", "/sbin/init\0splash\0"s, false},
        {"systemd-shutdown", "/usr/lib/systemd/systemd-shutdown\0reboot\0--log-level\0006\0"s, true},
        {"sysvinit", "init [2]\0"s, false},
        {"sysvinit on its way to 6", "init [6]\0"s, true},
        {"sysvinit halts", "init [0]\0"s, true},
        {"nothing", "", false},
    };
    for (const auto& row : rows) {
        write("1/cmdline", row.cmdline);
        EXPECT_EQ(neighbours().system_ends(), row.want) << row.name;
    }
}

// proc(5): stat, with D for who waits for a disk; cmdline; syscall. Names: shutdown(8), halt(8).
TEST_F(NeighbourTree, KnowsWhoWaitsForADiskToEndTheSystem) {
    using namespace std::string_literals;
    const struct {
        std::string_view name, comm, state;
        std::string cmdline;
        bool want;
    } rows[] = {
        {"it waits", "shutdown", "D", "/sbin/shutdown\0-h\0now\0"s, true},
        {"by another name", "reboot", "D", "reboot\0"s, true},
        {"until its time comes", "shutdown", "S", "/sbin/shutdown\0-h\0now\0"s, false},
        {"somebody else", "jbd2/dm-1-8", "D", "", false},
        {"with a like name", "reboot-notifier", "D", "/usr/bin/reboot-notifier\0"s, false},
        {"that is only read", "cat", "D", "cat\0/sbin/reboot\0"s, false},
    };
    fs::create_directories(top / "77");
    write("77/syscall", "1 0x3 0x0 0x0\n");
    for (const auto& row : rows) {
        write("77/stat", cat("77 (", row.comm, ") ", row.state, " 1 77 77 0 -1\n"));
        write("77/cmdline", row.cmdline);
        EXPECT_EQ(neighbours().end_is_stuck(), row.want) << row.name;
    }
}

// execve(2), as the caller has its words in memory: it still has its own name while the program is read.
TEST_F(NeighbourTree, KnowsWhoWaitsForTheProgramToEndTheSystem) {
    const auto pid = std::to_string(::getpid());
    fs::create_directories(top / pid);
    write(top / pid / "stat", cat(pid, " (bash) D 1 77 77 0 -1\n"));
    write(top / pid / "cmdline", std::string("-bash\0", 6));
    const char* const now[] = {"shutdown", "-r", "now", nullptr};
    const auto call = [&](long number, const char* path) {
        char text[100];
        (void)std::snprintf(text, sizeof text, "%ld 0x%zx 0x%zx 0x0 0x8 0x0 0x0 0x7ffd 0x7fff\n", number,
                            reinterpret_cast<std::size_t>(path), reinterpret_cast<std::size_t>(now));
        return std::string(text);
    };
    const struct {
        std::string_view name;
        std::string call;
        bool want;
    } rows[] = {
        {"becomes it", call(SYS_execve, "/usr/sbin/shutdown"), true},
        {"found in the folder where it is", call(SYS_execve, "reboot"), true},
        {"becomes another", call(SYS_execve, "/usr/bin/ls"), false},
        {"asks for it", call(SYS_access, "/usr/sbin/shutdown"), false},
        {"does not exist", call(SYS_execve, nullptr), false},
        {"runs", "running\n", false},
        {"waits for memory", "-1 0x7ffe 0x7fff\n", false},
    };
    for (const auto& row : rows) {
        write(top / pid / "syscall", row.call);
        EXPECT_EQ(neighbours().end_is_stuck(), row.want) << row.name;
    }
}

}  // namespace
}  // namespace rdm
