// SPDX-License-Identifier: GPL-2.0-or-later
#include "kernel/udev_cookie.h"

#include <libdevmapper.h>
#include <sys/ipc.h>
#include <sys/sem.h>
#include <unistd.h>

#include <cerrno>
#include <climits>

#include "kernel/real_events.h"

namespace rdm {

namespace {

constexpr int most_turns = 4;

timespec to_timespec(BootClock::duration left) {
    auto whole = std::chrono::duration_cast<std::chrono::seconds>(left);
    return {.tv_sec = static_cast<time_t>(whole.count()), .tv_nsec = static_cast<long>((left - whole).count())};
}

int semaphore(std::uint32_t cookie) { return ::semget(static_cast<key_t>(cookie), 1, 0); }

/// True once the semaphore is 0, or was removed by somebody who completed all cookies.
bool is_zero_within(int id, Milliseconds bound) {
    const auto until = boot_now() + bound;
    for (;;) {
        const auto left = until - boot_now();
        const timespec limit = to_timespec(left.count() > 0 ? left : BootClock::duration::zero());
        sembuf zero{.sem_num = 0, .sem_op = 0, .sem_flg = 0};
        if (::semtimedop(id, &zero, 1, &limit) == 0) return true;
        if (errno == EIDRM || errno == EINVAL) return true;
        if (errno != EINTR) return false;
    }
}

}  // namespace

std::uint16_t udev_flags(UdevHint hint, bool udev) {
    unsigned flags = udev ? DM_UDEV_DISABLE_LIBRARY_FALLBACK : 0;
    switch (hint) {
        case UdevHint::none:
            break;
        case UdevHint::paths_only:
            flags |= DM_SUBSYSTEM_UDEV_FLAG0;
            break;
        case UdevHint::no_partitions:
            flags |= DM_SUBSYSTEM_UDEV_FLAG1;
            break;
        case UdevHint::no_usable_path:
            flags |= DM_SUBSYSTEM_UDEV_FLAG2;
            break;
    }
    return static_cast<std::uint16_t>(flags);
}

bool has_dmsetup(std::string_view root) {
    return ::access(cat(root, "/sbin/dmsetup").c_str(), X_OK) == 0 ||
           ::access(cat(root, "/usr/sbin/dmsetup").c_str(), X_OK) == 0;
}

bool udev_is_mute(std::string_view root) {
    return ::access(cat(root, "/run/udev/control").c_str(), F_OK) == 0 && !has_dmsetup(root);
}

UdevCookie::UdevCookie() {
    if (!has_dmsetup("")) dm_udev_set_sync_support(0);
}

UdevCookie::~UdevCookie() {
    if (cookie_ == 0) return;
    if (int id = semaphore(cookie_); id >= 0) (void)::semctl(id, 0, IPC_RMID);
}

void UdevCookie::set_on(dm_task* task, UdevHint hint) {
    if (!missing_ && dm_task_set_cookie(task, &cookie_, udev_flags(hint, dm_udev_get_sync_support()))) return;
    missing_ = true;
    dm_udev_set_sync_support(0);
    std::uint32_t none = 0;
    (void)dm_task_set_cookie(task, &none, udev_flags(hint, false));
    dm_udev_set_sync_support(1);
}

bool wait_for_zero(int id, Milliseconds patience) {
    for (int turn = 0, before = INT_MAX; turn < most_turns; ++turn) {
        if (is_zero_within(id, patience)) return true;
        const int open = ::semctl(id, 0, GETVAL);
        if (open >= before) return false;
        before = open;
    }
    return false;
}

bool UdevCookie::wait(Milliseconds patience) {
    if (cookie_ == 0) return !missing_;
    const int id = semaphore(cookie_);
    if (id < 0) return true;
    sembuf ours{.sem_num = 0, .sem_op = -1, .sem_flg = IPC_NOWAIT};
    if (::semop(id, &ours, 1) < 0) return errno == EIDRM || errno == EINVAL;
    return wait_for_zero(id, patience) && !missing_;
}

}  // namespace rdm
