// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/unique_fd.h"
#include "kernel/event.h"
#include "kernel/poller.h"

namespace rdm {

/// One message of the kernel: "add@/devices/…", NUL, "KEY=VALUE", NUL, … EPROTO: anything else, udev's own messages
/// ("libudev" and a binary header) among it. Keys without a value are skipped.
/// Source: lib/kobject_uevent.c, kobject_uevent_env(); at most 64 keys there, we read 128.
Result<Uevent> parse_uevent(std::string_view message);

/// It is of a block or a SCSI device. With thousands of LUNs most are not: two of three for each LUN, four more of six
/// if it has a driver.
bool matters(const Uevent& uevent);

/// The kernel's own uevents (netlink group 1). Open it before sysfs is enumerated, so that nothing is missed.
class UeventSocket {
public:
    static Result<UeventSocket> open();
    /// What has arrived and matters, a bounded number at once. An overrun becomes one Event::Kind::uevents_lost in its
    /// place. Messages that are not from the kernel are dropped.
    void receive(std::vector<Event>& events) const;
    /// Hands every uevent to whoever waits on `poller`. The socket must stay where it is from now on.
    Result<void> listen(Poller& poller);

private:
    explicit UeventSocket(UniqueFd fd) : fd_(std::move(fd)) {}
    UniqueFd fd_;
};

}  // namespace rdm
