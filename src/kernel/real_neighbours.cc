// SPDX-License-Identifier: GPL-2.0-or-later
#include "kernel/real_neighbours.h"

#include <fcntl.h>
#include <sys/reboot.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>

#include "base/text.h"
#include "base/unique_fd.h"
#include "kernel/listener.h"

namespace rdm {

namespace {

using namespace std::string_view_literals;

constexpr std::size_t most_word = 64;
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

/// Programs of sysvinit that bring the system to its end: shutdown(8), halt(8).
constexpr std::string_view enders = " shutdown halt reboot poweroff ";

void look_into(int process, std::uintptr_t at, void* copy, std::size_t size) {
    const iovec here{.iov_base = copy, .iov_len = size};
    const iovec there{.iov_base = reinterpret_cast<void*>(at), .iov_len = size};
    (void)::process_vm_readv(process, &here, 1, &there, 1, 0);
}

std::uintptr_t pointer(std::string_view text) {
    text.remove_prefix(2);  // 0x
    return number<std::uintptr_t>(text, 16).value_or(0);
}

/// The words that execve() is called with, among NULs: the path, and at most three arguments. `call` is what
/// /proc/PID/syscall has: the number of the call, and what it is given, in hex.
std::string executed(int process, std::string_view call) {
    const auto given = words(call);
    std::uintptr_t at[4] = {};
    look_into(process, pointer(given[2]), at, sizeof at);
    at[0] = pointer(given[1]);
    std::string all(4 * most_word, '\0');
    for (std::size_t i = 0; i < 4; ++i) look_into(process, at[i], &all[i * most_word], most_word - 1);
    return all;
}

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

bool RealNeighbours::system_ends() {
    const auto init = files_.text("/proc/1/cmdline");
    const bool again = init.starts_with("init [6]");
    const bool ends = again || init.starts_with("init [0]") || init.contains("systemd-shutdown");
    if (ends) reboots_ = again;
    return ends;
}

bool RealNeighbours::end_is_stuck() {
    for (const auto& name : files_.names("/proc/.")) {
        const auto known = [&](std::string_view file) { return files_.text(cat("/proc/", name, '/', file)); };
        if (!known("stat").contains(") D ")) continue;
        const auto call = known("syscall");
        const auto line =
            call.starts_with(cat(SYS_execve, ' ')) ? executed(number<int>(name).value_or(0), call) : known("cmdline");
        const auto program = std::string_view(line).substr(0, line.find('\0'));
        if (!enders.contains(cat(' ', program.substr(program.rfind('/') + 1), ' '))) continue;
        reboots_ = program.ends_with("reboot") || line.contains("\0-r\0"sv);
        return true;
    }
    return false;
}

void RealNeighbours::end_system() { (void)::reboot(reboots_ ? RB_AUTOBOOT : RB_POWER_OFF); }

}  // namespace rdm
