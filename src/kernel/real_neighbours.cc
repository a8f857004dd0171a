// SPDX-License-Identifier: GPL-2.0-or-later
#include "kernel/real_neighbours.h"

#include <fcntl.h>
#include <sys/reboot.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <cstddef>

#include "base/unique_fd.h"
#include "kernel/listener.h"
#include "kernel/read_all.h"

namespace rdm {

namespace {

constexpr std::size_t most_reply = 1 << 20;
constexpr std::size_t most_cmdline = 256;
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

std::string RealNeighbours::init() const {
    const UniqueFd file(::openat(proc_, "1/cmdline", O_RDONLY | O_CLOEXEC));
    return read_all(file, "", most_cmdline, FileEnd::less_than_asked).value_or("");
}

bool RealNeighbours::system_ends() {
    const auto line = init();
    return line.contains("systemd-shutdown") || line.starts_with("init [0]") || line.starts_with("init [6]");
}

void RealNeighbours::end_system() { (void)::reboot(init().starts_with("init [6]") ? RB_AUTOBOOT : RB_POWER_OFF); }

}  // namespace rdm
