// SPDX-License-Identifier: GPL-2.0-or-later
#include "kernel/nvme_admin.h"

#include <fcntl.h>
#include <sys/ioctl.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "kernel/scsi_command.h"

namespace rdm {

namespace {

/// As linux/nvme_ioctl.h has it, which musl's headers lack.
struct AdminCommand {
    std::uint8_t opcode = 0;
    std::uint8_t flags = 0;
    std::uint16_t reserved = 0;
    std::uint32_t nsid = 0;
    std::uint32_t cdw2_3[2] = {};
    std::uint64_t metadata = 0;
    std::uint64_t address = 0;
    std::uint32_t metadata_length = 0;
    std::uint32_t data_length = 0;
    std::uint32_t cdw10 = 0;
    std::uint32_t cdw11_15[5] = {};
    std::uint32_t timeout_ms = 0;
    std::uint32_t result = 0;
};
static_assert(sizeof(AdminCommand) == 72);

/// A request as ioctl() of this C library takes it: glibc's has an unsigned long there, musl's an int.
template <class Request>
constexpr Request request_for(int (*)(int, Request, ...), unsigned long code) {
    return static_cast<Request>(code);
}
constexpr auto ioctl_namespace_id = request_for(::ioctl, _IO('N', 0x40));
constexpr auto ioctl_admin = request_for(::ioctl, _IOWR('N', 0x41, AdminCommand));
constexpr std::uint8_t get_log_page = 0x02;
constexpr std::uint8_t identify = 0x06;
constexpr std::size_t identify_size = 4096;

/// One disk, and the room for its replies.
struct Admin {
    int fd;
    std::uint32_t timeout_ms;
    std::uint8_t data[most_scsi_data];

    /// 0, an NVMe status, or -1 and errno.
    int send(std::uint8_t opcode, std::uint32_t nsid, std::uint32_t cdw10, std::size_t length) {
        AdminCommand command;
        command.opcode = opcode;
        command.nsid = nsid;
        command.cdw10 = cdw10;
        command.address = reinterpret_cast<std::uintptr_t>(data);
        command.data_length = static_cast<std::uint32_t>(length);
        command.timeout_ms = timeout_ms;
        return ::ioctl(fd, ioctl_admin, &command);
    }
    void give(std::string& text, std::size_t at, std::size_t length) const {
        text.append(reinterpret_cast<const char*>(data) + at, length);
    }
};

/// Appends the reply to `text`; what send() gives if a command failed.
int ask(Admin& admin, std::string& text) {
    if (int bad = admin.send(identify, 0, 1, identify_size)) return bad;
    admin.give(text, 76, 1);
    if ((admin.data[76] & 8) == 0) return 0;
    const std::size_t groups = le32(Bytes(admin.data).subspan(348));
    const int nsid = ::ioctl(admin.fd, ioctl_namespace_id, 0);
    if (nsid < 0) return nsid;
    if (int bad = admin.send(identify, static_cast<std::uint32_t>(nsid), 0, identify_size)) return bad;
    admin.give(text, 92, 4);
    // A header of 16 bytes, and 32 for each group without its namespaces.
    const std::size_t length = 16 + 32 * std::min(groups, (most_scsi_data - 16) / 32);
    constexpr std::uint32_t page_of_groups = 0x0c | 1 << 8;
    const auto dwords = static_cast<std::uint32_t>(length / 4 - 1) << 16;
    if (int bad = admin.send(get_log_page, 0xffffffff, page_of_groups | dwords, length)) return bad;
    admin.give(text, 0, length);
    return 0;
}

}  // namespace

std::string nvme_ana_ask_and_wait(const Nodes& nodes, const ScsiRequest& request) {
    auto device = nodes.open_device(NodeKind::block, request.dev, request.disk, O_RDONLY);
    if (!device) return cat("error ", device.error().code(), ' ', device.error().what());
    Admin admin{.fd = device->get(), .timeout_ms = static_cast<std::uint32_t>(request.timeout.count()), .data = {}};
    std::string text = "answer 0 0 0 0 0\n";
    const int bad = ask(admin, text);
    if (bad > 0) return cat("error ", EIO, " NVMe: status ", bad);
    return bad < 0 ? cat("error ", errno, " NVMe: ", std::strerror(errno)) : text;
}

}  // namespace rdm
