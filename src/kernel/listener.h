// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
namespace rdm {

/// Whether udev, or systemd in its stead, has a socket at /run/udev/control, by the kernel's list of sockets: unlike a
/// connection, reading that starts nobody who is started by one; and the name in /run may outlive the socket. `proc`: a
/// descriptor of /proc; where it has no such list we cannot know, and say yes. Source: net/unix/af_unix.c,
/// unix_seq_show().
[[nodiscard]] bool udev_listens(int proc);

}  // namespace rdm
