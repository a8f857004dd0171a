// SPDX-License-Identifier: GPL-2.0-or-later
#include "kernel/listener.h"

#include <fcntl.h>

#include "kernel/read_all.h"

namespace rdm {

namespace {
constexpr std::size_t most_bytes = 4 << 20;
}

bool udev_listens(int proc) {
    const UniqueFd file(::openat(proc, "net/unix", O_RDONLY | O_CLOEXEC));
    const auto sockets = read_all(file, "", most_bytes, FileEnd::nothing_more);
    return !sockets || sockets->contains(" /run/udev/control\n");
}

}  // namespace rdm
