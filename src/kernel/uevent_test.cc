// SPDX-License-Identifier: GPL-2.0-or-later
#include "kernel/uevent.h"

#include <gtest/gtest.h>
#include <linux/netlink.h>
#include <sys/socket.h>

namespace rdm {
namespace {

using namespace std::string_literals;

// The shape is that of lib/kobject_uevent.c; values as scsi_debug gives them on Linux 6.1.
const std::string add_sda =
    "add@/devices/pseudo_0/adapter0/host2/target2:0:0/2:0:0:0/block/sda\0"
    "ACTION=add\0DEVPATH=/devices/pseudo_0/adapter0/host2/target2:0:0/2:0:0:0/block/sda\0SUBSYSTEM=block\0"
    "MAJOR=8\0MINOR=0\0DEVNAME=sda\0DEVTYPE=disk\0DISKSEQ=9\0SEQNUM=1342\0"s;

TEST(Uevent, Parse) {
    auto event = parse_uevent(add_sda);
    ASSERT_TRUE(event);
    EXPECT_EQ(event->action, "add");
    EXPECT_EQ(event->sys_path, "devices/pseudo_0/adapter0/host2/target2:0:0/2:0:0:0/block/sda");
    EXPECT_EQ(event->properties.size(), 9u);
    EXPECT_EQ(event->properties["DEVNAME"], "sda");
    EXPECT_EQ(event->properties["DEVTYPE"], "disk");
}

TEST(Uevent, ValuesAreTakenAsTheyAre) {
    auto event = parse_uevent("change@/x\0A=b=c\0EMPTY=\0=none\0none\0\0LAST=1"s);
    ASSERT_TRUE(event);
    EXPECT_EQ(event->properties, (decltype(event->properties){{"A", "b=c"}, {"EMPTY", ""}, {"LAST", "1"}}));
}

TEST(Uevent, NotFromTheKernel) {
    struct {
        std::string_view name;
        std::string message;
    } rows[] = {
        {"empty", ""},
        {"libudev", "libudev\0\xfe\xed\xca\xfe\x28\0\0\0"s},
        {"no path", "add@"},
        {"no action", "@/devices/x"},
        {"relative path", "add@devices/x"},
    };
    for (const auto& row : rows) {
        auto event = parse_uevent(row.message);
        ASSERT_FALSE(event) << row.name;
        EXPECT_EQ(event.error(), (Error{EPROTO, "uevent: not from the kernel"})) << row.name;
    }
}

TEST(Uevent, EveryPrefixIsReadOrRefused) {
    for (std::size_t length = 0; length < add_sda.size(); ++length) {
        auto event = parse_uevent(std::string(add_sda.substr(0, length)));
        if (!event) continue;
        EXPECT_EQ(event->action, "add") << length;
    }
}

TEST(Uevent, KeysAreBounded) {
    std::string message = "add@/x\0"s;
    for (int n = 0; n < 1000; ++n) message += cat("K", n, "=v", '\0');
    EXPECT_EQ(parse_uevent(message)->properties.size(), 128u);
}

/// SUBSYSTEM of what Linux 6.1 announces for a LUN: SCSI device, its classes, and what sd and sg add.
TEST(Uevent, DisksAndScsiDevicesMatter) {
    for (auto subsystem : {"scsi", "block"}) EXPECT_TRUE(matters({"add", "devices/x", {{"SUBSYSTEM", subsystem}}}));
    for (auto subsystem : {"scsi_device", "bsg", "scsi_disk", "scsi_generic", "bdi", "net"})
        EXPECT_FALSE(matters({"add", "devices/x", {{"SUBSYSTEM", subsystem}}})) << subsystem;
    EXPECT_FALSE(matters({"add", "devices/x", {}}));
}

TEST(Uevent, SocketDropsWhatOthersSend) {
    auto socket = UeventSocket::open();
    if (!socket) GTEST_SKIP() << "no uevent socket here: " << socket.error().what();
    UniqueFd other(::socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_KOBJECT_UEVENT));
    sockaddr_nl group{};
    group.nl_family = AF_NETLINK;
    group.nl_groups = 1;
    if (::sendto(other.get(), add_sda.data(), add_sda.size(), 0, reinterpret_cast<sockaddr*>(&group), sizeof group) < 0)
        GTEST_SKIP() << "not permitted to send to the group";
    std::vector<Event> events;
    socket->receive(events);
    for (const auto& event : events) EXPECT_FALSE(event.uevent.sys_path.starts_with("devices/pseudo_0"));
}

}  // namespace
}  // namespace rdm
