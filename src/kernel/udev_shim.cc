// SPDX-License-Identifier: GPL-2.0-or-later
// Five functions in place of libudev, which is GPL-compatible but neither static nor small. Part of the static program
// only: the tests link the distribution's libdevmapper, which brings libudev with it.
#include <fcntl.h>
#include <unistd.h>

#include "base/unique_fd.h"
#include "kernel/libudev/libudev.h"
#include "kernel/listener.h"

struct udev {};
struct udev_queue {};

udev* udev_new() { return new udev; }

udev* udev_unref(udev* handle) {
    delete handle;
    return nullptr;
}

udev_queue* udev_queue_new(udev* /*handle*/) { return new udev_queue; }

udev_queue* udev_queue_unref(udev_queue* queue) {
    delete queue;
    return nullptr;
}

/// Around switch_root udev is away while its socket's name stays: then nobody would complete a cookie.
int udev_queue_get_udev_is_active(udev_queue* /*queue*/) {
    const rdm::UniqueFd proc(::open("/proc", O_PATH | O_CLOEXEC));
    return ::access("/run/udev/control", F_OK) == 0 && rdm::udev_listens(proc.get());
}
