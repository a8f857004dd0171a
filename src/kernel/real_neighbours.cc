// SPDX-License-Identifier: GPL-2.0-or-later
#include "kernel/real_neighbours.h"

#include <fcntl.h>
#include <sys/reboot.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <unistd.h>

#include <bit>
#include <cstddef>
#include <cstdint>

#include "base/text.h"
#include "base/unique_fd.h"
#include "kernel/listener.h"

namespace rdm {

namespace {

using namespace std::string_view_literals;

constexpr std::size_t most_reply = 1 << 20;
/// multipathd answers within 4 s, if only to say that it has no time (uxsock_timeout).
constexpr timeval patience{.tv_sec = 6, .tv_usec = 0};
constexpr std::string_view socket_name = "/org/kernel/linux/storage/multipathd";

/// Of an abstract socket: a NUL, and the name as far as the address goes.
constexpr struct Address {
    constexpr Address() { socket_name.copy(name + 1, socket_name.size()); }
    sa_family_t family = AF_UNIX;
    char name[1 + socket_name.size()] = {};
} address;
constexpr socklen_t address_size = offsetof(Address, name) + sizeof Address::name;

struct [[gnu::packed]] Question {
    std::size_t size;
    char text[24];
};
constexpr Question question{.size = sizeof question.text, .text = "show maps raw format %w"};

/// Programs of sysvinit that bring the system to its end.
constexpr std::string_view enders = "(shutdown)(halt)(reboot)(poweroff)(init)(telinit)";

/// The runlevel that a program of sysvinit brings the system to, told by its words, a line each: '0' off, '6' anew, or
/// any other. `waited`: for its time. Source: shutdown(8), halt(8), telinit(8).
char level_in(std::string_view all, bool waited) {
    const auto path = all.substr(0, all.find('\n'));
    const auto program = cat(' ', path.substr(path.rfind('/') + 1), ' ');
    const bool shutdown = program == " shutdown ";
    const bool telinit = " init telinit "sv.contains(program);
    char level = program == " reboot " ? '6' : " halt poweroff "sv.contains(program) ? '0' : ' ';
    for (auto word : lines(all)) {
        if (telinit && word.size() == 1) level = word[0];
        if (shutdown && (word == "now" || word == "0" || word == "+0")) waited = true;
        if (!word.starts_with('-')) continue;
        if (word.find_first_of("ckw") != std::string_view::npos) return ' ';  // takes back, warns, notes the time
        if (shutdown && word.contains('h')) level = '0';
        if (shutdown && word.contains('r')) level = '6';
    }
    return shutdown && !waited ? ' ' : level;
}

void look_into(int process, std::uintptr_t at, void* copy, std::size_t size) {
    const iovec here{.iov_base = copy, .iov_len = size};
    const iovec there{.iov_base = reinterpret_cast<void*>(at), .iov_len = size};
    (void)::process_vm_readv(process, &here, 1, &there, 1, 0);
}

/// A process's text there, NULs as newlines; so is what cannot be read.
std::string text_at(int process, std::uintptr_t at, std::size_t size) {
    std::string text(size, '\0');
    look_into(process, at, text.data(), size);
    for (char& each : text)
        if (each == '\0') each = '\n';
    return text;
}

std::uintptr_t pointer(std::string_view text) {
    text.remove_prefix(2);  // 0x
    return number<std::uintptr_t>(text, 16).value_or(0);
}

/// The words that execve() is called with, at most five. `call` is what /proc/PID/syscall has: the number of the call,
/// and what it is given, in hex.
std::string executed(int process, const std::string& call) {
    std::uintptr_t at[5] = {};
    look_into(process, pointer(words(call)[2]), at, sizeof at);
    std::string all;
    for (auto each : at) {
        if (each == 0) break;
        const auto word = text_at(process, each, 64);
        all.append(word, 0, word.find('\n') + 1);
    }
    return all;
}

/// In a record of utmp(5) the runlevel is the lowest byte of what otherwise is a PID.
constexpr std::size_t from_pid = std::endian::native == std::endian::little ? 36 : 33;

bool receive(int fd, void* into, std::size_t size) {
    return ::recv(fd, into, size, MSG_WAITALL) == static_cast<ssize_t>(size);
}

}  // namespace

bool RealNeighbours::multipathd_runs() {
    const UniqueFd file(::openat(run_, "multipathd.pid", O_RDONLY | O_NONBLOCK | O_CLOEXEC));
    struct flock lock{};
    lock.l_type = F_WRLCK;
    lock.l_whence = SEEK_SET;
    return ::fcntl(file.get(), F_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
}

std::string RealNeighbours::multipathd_maps() {
    const UniqueFd fd(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    if (!fd.is_open()) return "";
    for (int option : {SO_RCVTIMEO, SO_SNDTIMEO})
        (void)::setsockopt(fd.get(), SOL_SOCKET, option, &patience, sizeof patience);
    std::size_t size = 0;
    if (::connect(fd.get(), reinterpret_cast<const sockaddr*>(&address), address_size) != 0 ||
        ::send(fd.get(), &question, sizeof question, MSG_NOSIGNAL) < 0 || !receive(fd.get(), &size, sizeof size) ||
        size > most_reply)
        return "";
    std::string reply(size, '\0');
    return receive(fd.get(), reply.data(), size) ? reply : "";
}

bool RealNeighbours::udev_listens() { return rdm::udev_listens(proc_); }

bool RealNeighbours::ends_at(char level) {
    if (level != '0' && level != '6') return false;
    reboots_ = level == '6';
    return true;
}

bool RealNeighbours::system_ends() {
    const auto init = files_.text("/proc/1/cmdline");
    const auto utmp = files_.text("/run/utmp");
    const auto id = utmp.find("~~\0\0runlevel"sv);
    return (id < utmp.size() && id >= from_pid && ends_at(utmp[id - from_pid])) ||
           (init.starts_with("init [") && ends_at(init[6])) || init.contains("systemd-shutdown");
}

bool RealNeighbours::end_is_stuck() {
    for (const auto& name : files_.names("/proc/.")) {
        const auto known = [&](std::string_view file) { return files_.text(cat("/proc/", name, '/', file)); };
        const auto stat = known("stat");
        const std::string_view all = stat;
        const auto fields = words(all.substr(all.rfind(')') + 1));  // from the third on
        if (fields.size() < 46 || fields[0] != "D") continue;
        const auto process = number<int>(name).value_or(0);
        const auto call = known("syscall");
        // What becomes another program has lost its memory, and begins without code: what a pointer leads to then may
        // lie on root.
        const bool executes = call.starts_with(cat(SYS_execve, ' ')) && fields[23] != "0";
        char level = ' ';
        if (enders.contains(all.substr(all.find('('), all.rfind(')') + 1 - all.find('('))))
            level = level_in(text_at(process, number<std::uintptr_t>(fields[45]).value_or(0), 256),
                             executes || call.starts_with(cat(SYS_sync, ' ')));
        else if (executes)
            level = level_in(executed(process, call), false);
        if (ends_at(level)) return true;
    }
    return false;
}

void RealNeighbours::end_system() { (void)::reboot(reboots_ ? RB_AUTOBOOT : RB_POWER_OFF); }

}  // namespace rdm
