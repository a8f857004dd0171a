// SPDX-License-Identifier: GPL-2.0-or-later
#include "kernel/real_neighbours.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utmp.h>

#include <algorithm>
#include <array>
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
using namespace std::string_literals;

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

/// What becomes of the system, by the answer of one of these two.
std::string_view end_of(const RealNeighbours& neighbours, bool ends) {
    return !ends ? "goes on" : neighbours.reboots() ? "reboots" : "powers off";
}

// systemd's PID 1 executes it by its path, src/core/main.c; sysvinit's writes its title, src/init.c setproctitle().
TEST_F(NeighbourTree, KnowsThatTheSystemEnds) {
    const struct {
        std::string_view name;
        std::string cmdline;
        std::string_view want;
    } rows[] = {
        {"systemd", "/sbin/init\0splash\0"s, "goes on"},
        {"systemd-shutdown", "/usr/lib/systemd/systemd-shutdown\0poweroff\0--log-level\0006\0"s, "powers off"},
        {"sysvinit", "init [2]\0"s, "goes on"},
        {"sysvinit on its way to 6", "init [6]\0"s, "reboots"},
        {"sysvinit halts", "init [0]\0"s, "powers off"},
        {"nothing", "", "goes on"},
    };
    for (const auto& row : rows) {
        write("1/cmdline", row.cmdline);
        auto all = neighbours();
        EXPECT_EQ(end_of(all, all.system_ends()), row.want) << row.name;
    }
}

// Before that title it writes to utmp, which is in memory, and to wtmp, which is on root: src/init.c read_level(), as
// utmp(5) says. Its records end with times, which are longer on some machines.
TEST_F(NeighbourTree, KnowsThatTheSystemIsToEnd) {
    write("1/cmdline", "init [2]\0"s);
    const struct {
        std::string_view name;
        char level, last;
        std::string_view user, want;
    } rows[] = {
        {"comes up", '2', 'N', "runlevel", "goes on"},
        {"switches itself off", '0', '2', "runlevel", "powers off"},
        {"begins anew", '6', '2', "runlevel", "reboots"},
        {"comes up again", '2', '6', "runlevel", "goes on"},
        {"somebody with such a PID", '6', '2', "root", "goes on"},
    };
    for (const auto& row : rows) {
        utmp records[3] = {};
        records[0].ut_type = BOOT_TIME;
        std::memcpy(records[0].ut_id, "~~", 2);
        std::memcpy(records[0].ut_user, "reboot", 6);
        records[1].ut_type = RUN_LVL;
        records[1].ut_pid = row.level + 256 * row.last;
        records[1].ut_line[0] = '~';
        std::memcpy(records[1].ut_id, "~~", 2);
        row.user.copy(records[1].ut_user, sizeof records[1].ut_user);
        const auto* bytes = reinterpret_cast<const char*>(records);
        write("utmp", {bytes, sizeof records});
        auto all = neighbours();
        EXPECT_EQ(end_of(all, all.system_ends()), row.want) << row.name;
        const std::string first(bytes, sizeof *records);
        write("utmp", cat(first, std::string(16, '\0'), std::string(bytes + sizeof *records, 2 * sizeof *records)));
        EXPECT_EQ(end_of(all, all.system_ends()), row.want) << row.name;
    }
    write("utmp", "~~\0\0runlevel"s);
    EXPECT_FALSE(neighbours().system_ends()) << "no record";
}

/// A process, played by this one: what proc(5) says of it is in the tree, its memory is real.
struct StuckProcess : NeighbourTree {
    StuckProcess() { fs::create_directories(top / pid); }
    /// `words` are those that it was started with; `begun`: that is over.
    [[nodiscard]] std::string_view stuck(std::string_view comm, std::string_view words, const std::string& call,
                                         char state = 'D', bool begun = true) {
        std::ranges::fill(memory, '\0');
        words.copy(memory, sizeof memory);
        std::string stat = cat(pid, " (", comm, ") ", state);
        for (int field = 4; field < 48; ++field) stat += field == 26 && !begun ? " 0" : " 1";
        write(top / pid / "stat", cat(stat, ' ', reinterpret_cast<std::uintptr_t>(memory), " 0 0 0 0\n"));
        write(top / pid / "syscall", call);
        auto all = neighbours();
        return end_of(all, all.end_is_stuck());
    }
    const std::string pid = std::to_string(::getpid());
    char memory[512] = {};
};

using Words = std::array<const char*, 6>;

std::string call_of(long number, const Words& words = {}) {
    char text[100];
    (void)std::snprintf(text, sizeof text, "%ld 0x%zx 0x%zx 0x0 0x8 0x0 0x0 0x7ffd 0x7fff\n", number,
                        reinterpret_cast<std::size_t>(words[0]), reinterpret_cast<std::size_t>(&words));
    return text;
}

// shutdown(8), halt(8), telinit(8). The environment follows the words.
TEST_F(StuckProcess, KnowsWhoWaitsForADiskToEndTheSystem) {
    const struct {
        std::string_view name, comm;
        std::string words;
        std::string_view want;
    } rows[] = {
        {"shutdown", "shutdown", "/sbin/shutdown\0-h\0now\0HOME=/root\0"s, "powers off"},
        {"as poweroff executes it", "shutdown", "shutdown\0-h\0-P\0now\0"s, "powers off"},
        {"letters in one word", "shutdown", "shutdown\0-rF\0now\0"s, "reboots"},
        {"time first", "shutdown", "shutdown\0now\0-r\0"s, "reboots"},
        {"the time is a number", "shutdown", "shutdown\0-r\0+0\0"s, "reboots"},
        {"by another name", "reboot", "reboot\0"s, "reboots"},
        {"poweroff", "poweroff", "/usr/sbin/poweroff\0"s, "powers off"},
        {"halt, with letters", "halt", "halt\0-p\0"s, "powers off"},
        {"a runlevel", "telinit", "telinit\0006\0"s, "reboots"},
        {"by init's own name", "init", "/sbin/init\0000\0HOME=/\0"s, "powers off"},
        {"after 6 s of terminating", "init", "init\0-t\0006\0000\0"s, "powers off"},
        {"later", "shutdown", "shutdown\0-h\0+10\0"s, "goes on"},
        {"at a time of day", "shutdown", "shutdown\0-r\00023:30\0back soon\0"s, "goes on"},
        {"takes it back", "shutdown", "/sbin/shutdown\0-c\0now\0"s, "goes on"},
        {"only warns", "shutdown", "shutdown\0-k\0-h\0now\0"s, "goes on"},
        {"to a single user", "shutdown", "shutdown\0now\0"s, "goes on"},
        {"notes the time only", "halt", "halt\0-w\0"s, "goes on"},
        {"another runlevel", "init", "init\0001\0"s, "goes on"},
        {"after 6 s", "telinit", "telinit\0-t\0006\0003\0"s, "goes on"},
        {"PID 1", "init", "init [6]\0"s, "goes on"},
        {"somebody else", "jbd2/dm-1-8", "", "goes on"},
        {"with a like name", "reboot-notifier", "/usr/bin/reboot-notifier\0"s, "goes on"},
        {"that is only read", "cat", "cat\0/sbin/reboot\0"s, "goes on"},
        {"whose words are a lie", "cat", "reboot\0"s, "goes on"},
    };
    const auto call = call_of(SYS_write);
    for (const auto& row : rows) {
        EXPECT_EQ(stuck(row.comm, row.words, call), row.want) << row.name;
        EXPECT_EQ(stuck(row.comm, row.words, call, 'S'), "goes on") << row.name;
    }
    for (const auto* comm : {"a) D (shutdown", "", ")", "("})
        EXPECT_EQ(stuck(comm, "reboot\0"s, call, 'S'), "goes on") << comm;
}

TEST_F(StuckProcess, WhatItWantedIsRemembered) {
    auto all = neighbours();
    EXPECT_EQ(stuck("reboot", "reboot\0"s, call_of(SYS_write)), "reboots");
    EXPECT_TRUE(all.end_is_stuck());
    EXPECT_EQ(stuck("init", "init\0001\0"s, call_of(SYS_write)), "goes on");
    write("1/cmdline", "init [2]\0"s);
    EXPECT_FALSE(all.end_is_stuck());
    EXPECT_FALSE(all.system_ends());
    EXPECT_TRUE(all.reboots());
}

// src/shutdown.c: it syncs, and executes init, when it has waited for its time, and not before.
TEST_F(StuckProcess, KnowsThatItsTimeHasCome) {
    const auto words = "shutdown\0-h\00023:30\0"s;
    EXPECT_EQ(stuck("shutdown", words, call_of(SYS_write)), "goes on");
    EXPECT_EQ(stuck("shutdown", words, call_of(SYS_sync)), "powers off");
    EXPECT_EQ(stuck("shutdown", words, call_of(SYS_execve)), "powers off");
    EXPECT_EQ(stuck("shutdown", words, call_of(SYS_execve), 'D', false), "goes on") << "is executed itself";
    EXPECT_EQ(stuck("shutdown", "shutdown\00023:30\0"s, call_of(SYS_sync)), "goes on") << "to a single user";
    EXPECT_EQ(stuck("sync", "sync\0"s, call_of(SYS_sync)), "goes on");
}

// execve(2), as the caller has its words in memory: it still has its own name while the program is read.
TEST_F(StuckProcess, KnowsWhoWaitsForTheProgramToEndTheSystem) {
    const auto caller = "-bash\0"s;
    const struct {
        std::string_view name;
        long call;
        Words words;
        std::string_view want;
    } rows[] = {
        {"becomes it", SYS_execve, {"/usr/sbin/shutdown", "-r", "now"}, "reboots"},
        {"found in the folder where it is", SYS_execve, {"reboot"}, "reboots"},
        {"by five words", SYS_execve, {"shutdown", "-t", "5", "-h", "now"}, "powers off"},
        {"later", SYS_execve, {"shutdown", "-h", "23:30"}, "goes on"},
        {"nothing beyond the last word", SYS_execve, {"shutdown", "now", nullptr, "-h"}, "goes on"},
        {"no word of somebody else's", SYS_execve, {"poweroff", nullptr, "-r"}, "powers off"},
        {"becomes another", SYS_execve, {"/usr/bin/ls", "reboot"}, "goes on"},
        {"asks for it", SYS_access, {"/usr/sbin/shutdown", "-r", "now"}, "goes on"},
        {"says nothing", SYS_execve, {}, "goes on"},
    };
    for (const auto& row : rows) EXPECT_EQ(stuck("bash", caller, call_of(row.call, row.words)), row.want) << row.name;
    EXPECT_EQ(stuck("bash", caller, "running\n"), "goes on") << "runs";
    EXPECT_EQ(stuck("bash", caller, "-1 0x7ffe 0x7fff\n"), "goes on") << "waits for memory";
    EXPECT_EQ(stuck("bash", caller, ""), "goes on") << "has gone";
}

// fs/exec.c, fs/binfmt_elf.c: past the point of no return the caller's memory is gone, where its pointers lead to now
// may wait for root, too; the new words are there, the start of the code is set last. Seen with shutdown, in padzero().
TEST_F(StuckProcess, LooksAtNothingThatIsNoMore) {
    const Words old = {"ls"};
    EXPECT_EQ(stuck("reboot", "/sbin/reboot\0HOME=/\0"s, call_of(SYS_execve, old), 'D', false), "reboots");
    const Words trap = {"reboot"};
    EXPECT_EQ(stuck("ls", "ls\0"s, call_of(SYS_execve, trap), 'D', false), "goes on");
}

}  // namespace
}  // namespace rdm
