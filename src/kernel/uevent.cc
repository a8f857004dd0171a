// SPDX-License-Identifier: GPL-2.0-or-later
#include "kernel/uevent.h"

#include <linux/netlink.h>
#include <sys/socket.h>
#include <sys/types.h>

#include <cerrno>
#include <cstring>

namespace rdm {

namespace {

constexpr std::size_t message_size = 8192;  // the kernel's buffer for one is 2048
constexpr std::size_t most_keys = 128;
constexpr int most_at_once = 256;
// Thousands of disks may appear while we load a table; memory is taken only for what waits.
constexpr int receive_buffer = 32 << 20;

std::string_view next_string(std::string_view& rest) {
    auto one = rest.substr(0, rest.find('\0'));
    rest.remove_prefix(std::min(rest.size(), one.size() + 1));
    return one;
}

enum class Received { message, foreign, nothing, overrun };

struct Message {
    char bytes[message_size];
    std::size_t size = 0;
};

/// The kernel has port 0; anybody else's credentials say who. Without credentials it is nobody we trust.
bool from_kernel(const sockaddr_nl& sender, const msghdr& header) {
    if (sender.nl_pid != 0) return false;
    // The kernel puts the credentials first, and we asked for nothing else.
    const auto* control = CMSG_FIRSTHDR(&header);
    if (control == nullptr || control->cmsg_level != SOL_SOCKET || control->cmsg_type != SCM_CREDENTIALS) return false;
    struct Credentials {
        pid_t pid;
        uid_t uid;
        gid_t gid;
    } sent;  // struct ucred, which glibc hides without _GNU_SOURCE
    std::memcpy(&sent, CMSG_DATA(control), sizeof sent);
    return sent.pid == 0 && sent.uid == 0;
}

Received receive_one(int fd, Message& message) {
    iovec place{message.bytes, sizeof message.bytes};
    alignas(cmsghdr) char control[256];
    sockaddr_nl sender{};
    msghdr header{};
    header.msg_name = &sender;
    header.msg_namelen = sizeof sender;
    header.msg_iov = &place;
    header.msg_iovlen = 1;
    header.msg_control = control;
    header.msg_controllen = sizeof control;
    ssize_t size = ::recvmsg(fd, &header, MSG_DONTWAIT);
    if (size < 0) return errno == ENOBUFS ? Received::overrun : Received::nothing;
    if ((header.msg_flags & MSG_TRUNC) != 0) return Received::overrun;
    message.size = static_cast<std::size_t>(size);
    return from_kernel(sender, header) ? Received::message : Received::foreign;
}

}  // namespace

bool matters(const Uevent& uevent) {
    const auto subsystem = uevent.property("SUBSYSTEM");
    return subsystem == "block" || subsystem == "scsi";
}

Result<Uevent> parse_uevent(std::string_view message) {
    auto first = next_string(message);
    auto at = first.find('@');
    if (at == std::string_view::npos || at == 0 || first.substr(at + 1, 1) != "/")
        return fail(EPROTO, "uevent: not from the kernel");
    Uevent event;
    event.action = first.substr(0, at);
    event.sys_path = first.substr(at + 2);
    for (std::size_t keys = 0; !message.empty() && keys < most_keys; ++keys) {
        auto pair = next_string(message);
        auto equals = pair.find('=');
        if (equals == std::string_view::npos || equals == 0) continue;
        event.properties[std::string(pair.substr(0, equals))] = pair.substr(equals + 1);
    }
    return event;
}

Result<UeventSocket> UeventSocket::open() {
    UniqueFd fd(::socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, NETLINK_KOBJECT_UEVENT));
    if (!fd.is_open()) return fail_errno("uevent socket");
    int size = receive_buffer;
    if (::setsockopt(fd.get(), SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof size) != 0)
        (void)::setsockopt(fd.get(), SOL_SOCKET, SO_RCVBUF, &size, sizeof size);
    int on = 1;
    sockaddr_nl address{};
    address.nl_family = AF_NETLINK;
    address.nl_groups = 1;
    if (::setsockopt(fd.get(), SOL_SOCKET, SO_PASSCRED, &on, sizeof on) != 0 ||
        ::bind(fd.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
        return fail_errno("uevent socket");
    return UeventSocket(std::move(fd));
}

void UeventSocket::receive(std::vector<Event>& events) const {
    Message message;
    for (int n = 0; n < most_at_once; ++n) {
        auto received = receive_one(fd_.get(), message);
        if (received == Received::nothing) return;
        if (received == Received::foreign) continue;
        if (received != Received::message) {
            events.emplace_back().kind = Event::Kind::uevents_lost;
            continue;
        }
        auto uevent = parse_uevent({message.bytes, message.size});
        if (!uevent || !matters(*uevent)) continue;
        auto& event = events.emplace_back();
        event.kind = Event::Kind::uevent;
        event.uevent = std::move(*uevent);
    }
}

Result<void> UeventSocket::listen(Poller& poller) {
    return poller.add(fd_.get(), Readiness::readable, [this](std::vector<Event>& events) { receive(events); });
}

}  // namespace rdm
